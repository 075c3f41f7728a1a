import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('the frame of every screen', () => {
  test('is sound in light and dark, on a phone and on a desk', async () => {
    await browser.visit('/');
    await expectSound(browser, 'frame');
  });

  test('speaks English to whoever asks for it, and remembers that', async () => {
    const page = await browser.visit('/');
    await page.getByRole('button', { name: 'Read in English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await page.getByRole('button', { name: 'Leer en español' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });

  test('says that a page does not exist, and leads back', async () => {
    const page = await browser.visit('/no-existe');
    await page.getByRole('heading', { name: 'Esta página no existe' }).waitFor();
    await page.getByRole('link', { name: 'Ir al panel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
  });

  test('opens its menu on a phone, and closes it where that led', async () => {
    const page = await browser.visit('/');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Abrir el menú' }).click();
    await page.getByRole('link', { name: 'Panel' }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
