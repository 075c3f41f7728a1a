import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { IdentityProvider } from '../api/identity-provider.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let provider: IdentityProvider;
let system: System;
beforeAll(async () => {
  provider = await new IdentityProvider().open();
  await provider.addKey('first');
  system = await System.start({
    API_AUTH: 'keys',
    HOST: '127.0.0.1',
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'ambacar',
    OIDC_CLIENT_ID: 'console',
  });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await provider?.close();
});

async function adminKey(scopes: ('admin' | 'read')[] = ['admin']) {
  const options = { applicationName: 'session-test' };
  const dataSource = createDataSource({ url: system.databaseUrl, poolSize: 2 }, options);
  await dataSource.initialize();
  const made = await createApiKey(dataSource, { name: 'Recepción', scopes });
  const revoke = async () => {
    await revokeApiKey(dataSource, made.id);
    await dataSource.destroy();
  };
  return { key: made.key, revoke };
}

/** A browser of a person who was never here; what the service refuses is no fault of the page's. */
async function inBrowser(journey: (browser: ConsoleBrowser) => Promise<void>): Promise<void> {
  const browser = await ConsoleBrowser.open(system.apiUrl);
  try {
    await journey(browser);
    const faults = browser.faults.filter((fault) => !/status of 40[13]/.test(fault));
    expect(faults.filter((fault) => !fault.includes(provider.issuer))).toEqual([]);
  } finally {
    await browser.close();
  }
}

async function enter(browser: ConsoleBrowser, key: string): Promise<void> {
  const { page } = browser;
  await page.getByLabel('Clave de acceso').fill(key);
  await page.getByRole('button', { name: 'Entrar con clave' }).click();
}

describe('who is not signed in', () => {
  test('sees a sign-in that is sound, on a phone and on a desk', () =>
    inBrowser(async (browser) => {
      await browser.visit('/');
      await browser.page.getByRole('heading', { level: 1, name: 'Entrar' }).waitFor();
      await expectSound(browser, 'sign-in');
    }));

  test('is told in words what is wrong with a key, and keeps what was typed', () =>
    inBrowser(async (browser) => {
      const page = await browser.visit('/');
      const unknown = `amb_live_${'x'.repeat(43)}`;
      await enter(browser, unknown);
      await page.getByText('Esa clave no existe, venció o fue revocada.').waitFor();
      expect(await page.getByLabel('Clave de acceso').inputValue()).toBe(unknown);
      const { key, revoke } = await adminKey(['read']);
      await enter(browser, key);
      await page.getByText('hace falta una con el permiso admin').waitFor();
      await revoke();
    }));

  test('can look at the key that is typed', () =>
    inBrowser(async (browser) => {
      const page = await browser.visit('/');
      const field = page.getByLabel('Clave de acceso');
      expect(await field.getAttribute('type')).toBe('password');
      await page.getByRole('button', { name: 'Mostrar u ocultar la clave' }).click();
      expect(await field.getAttribute('type')).toBe('text');
    }));
});

describe('a session', () => {
  test('by key begins where one wanted to go, names its holder, and ends with a sign-out', () =>
    inBrowser(async (browser) => {
      const { key, revoke } = await adminKey();
      const page = await browser.visit('/?dias=7');
      await enter(browser, key);
      await page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      expect(page.url()).toBe(`${system.apiUrl}/?dias=7`);
      await page.getByText('Pruebas: nada sale').waitFor();
      await page.getByRole('button', { name: 'Cuenta: Recepción' }).click();
      await page.getByText('Todos los talleres').waitFor();
      await page.getByRole('menuitem', { name: 'Salir' }).click();
      await page.getByRole('heading', { level: 1, name: 'Entrar' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Entrar' }).waitFor();
      await revoke();
    }));

  test('is known to another tab, and to the same one after a reload', () =>
    inBrowser(async (browser) => {
      const { key, revoke } = await adminKey();
      await browser.visit('/');
      await enter(browser, key);
      await browser.page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      await browser.page.reload();
      await browser.page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      const tab = await browser.secondTab();
      await browser.visit('/', tab);
      await tab.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      await revoke();
    }));

  test('that ends is asked for anew over the screen, which is still there afterwards', () =>
    inBrowser(async (browser) => {
      const first = await adminKey();
      const page = await browser.visit('/');
      await enter(browser, first.key);
      await page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      // Marks the screen as it stands: a new one would not have it.
      await page.evaluate('document.querySelector("h1").dataset.here = "yes"');
      await first.revoke();
      const over = page.getByRole('dialog', { name: 'La sesión terminó' });
      const refresh = async () => {
        await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
        return over.isVisible();
      };
      await expect(untilTrue(refresh)).resolves.toBe(true);
      const second = await adminKey();
      await enter(browser, second.key);
      await over.waitFor({ state: 'hidden' });
      expect(await page.locator('h1[data-here="yes"]').count()).toBe(1);
      await second.revoke();
    }));

  test('at the identity provider goes there and comes back', () =>
    inBrowser(async (browser) => {
      provider.person = { sub: 'ana-1', scope: 'admin' };
      const page = await browser.visit('/?dias=7');
      await page.getByRole('link', { name: 'Entrar con su cuenta' }).click();
      await page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
      expect(page.url()).toBe(`${system.apiUrl}/?dias=7`);
      await page.getByRole('button', { name: 'Cuenta: Ana Paredes' }).waitFor();
    }));

  test('that the identity provider does not give is explained', () =>
    inBrowser(async (browser) => {
      provider.person = { sub: 'luis-1' };
      const page = await browser.visit('/');
      await page.getByRole('link', { name: 'Entrar con su cuenta' }).click();
      await page.getByText('Su cuenta no tiene permiso para usar la consola.').waitFor();
    }));
});

/** Asks again until it is so; the test's own time limit ends it. */
async function untilTrue(isSo: () => Promise<boolean>): Promise<boolean> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 300));
  return true;
}
