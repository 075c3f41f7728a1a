import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';
import { forgetRefusals } from './support/forget-refusals.js';

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

const talleres = '/api/v1/notifications/talleres/';
async function tallerBySlug(slug: string): Promise<Record<string, unknown> | undefined> {
  const answer = await fetch(`${system.apiUrl}${talleres}?search=${slug}`);
  const { results }: { results: Record<string, unknown>[] } = JSON.parse(await answer.text());
  return results.find((taller) => taller.slug === slug);
}

describe('the resources without a screen of their own', () => {
  test('are listed, every one that the API has', async () => {
    const page = await browser.visit('/recursos');
    for (const name of ['Talleres', 'Personal', 'Claves de API', 'Auditoría'])
      await page.getByRole('link', { name, exact: true }).waitFor();
    await expectSound(browser, 'resources');
  }, 180_000);

  test('are made, changed and deleted in forms that say what was refused', async () => {
    const page = await browser.visit('/recursos/talleres');
    await page.getByRole('button', { name: 'Crear' }).click();
    const drawer = page.getByRole('dialog', { name: 'Crear: Talleres' });
    await drawer.getByRole('textbox', { name: 'Nombre', exact: true }).fill('Taller del Ñandú');
    await drawer.getByRole('textbox', { name: 'Nombre corto' }).fill('Taller Ñandú');
    await drawer.getByRole('button', { name: 'Crear' }).click();

    // Refused at its field; what was typed stays.
    const slug = drawer.getByRole('textbox', { name: 'Nombre corto' });
    await drawer.locator('[aria-invalid="true"]').waitFor();
    expect(await slug.getAttribute('aria-invalid')).toBe('true');
    expect(await drawer.getByRole('textbox', { name: 'Nombre', exact: true }).inputValue()).toBe(
      'Taller del Ñandú',
    );
    await slug.fill('taller-nandu');
    await drawer.getByRole('button', { name: 'Crear' }).click();
    await page.getByRole('heading', { level: 1, name: 'Taller del Ñandú' }).waitFor();
    expect(await tallerBySlug('taller-nandu')).toMatchObject({ time_zone: 'America/Guayaquil' });

    await page.getByRole('textbox', { name: 'País' }).fill('MX');
    await page.getByRole('button', { name: 'Guardar' }).click();
    const history = page.getByRole('region', { name: 'Historial de cambios' });
    await history.getByText('"MX"').waitFor();
    expect(await tallerBySlug('taller-nandu')).toMatchObject({ country: 'MX' });
    forgetRefusals(browser, 400);
    await expectSound(browser, 'resource-item');

    await page.getByRole('button', { name: 'Eliminar' }).click();
    const asked = page.getByRole('dialog', { name: '¿Eliminar Taller del Ñandú?' });
    await asked.getByRole('button', { name: 'Eliminar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Talleres' }).waitFor();
    expect(await tallerBySlug('taller-nandu')).toBeUndefined();
  }, 180_000);

  test('tell whoever types that somebody else saved meanwhile, and overwrite nothing', async () => {
    const made = await fetch(`${system.apiUrl}${talleres}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ slug: 'taller-doble', name: 'Taller Doble' }),
    });
    const { id }: { id: string } = JSON.parse(await made.text());
    const page = await browser.visit(`/recursos/talleres/${id}`);
    await page.getByRole('textbox', { name: 'Nombre', exact: true }).fill('Taller de Ana');
    const other = await fetch(`${system.apiUrl}${talleres}${id}/`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Taller de Luis', country: 'MX' }),
    });
    expect(other.status).toBe(200);
    await page.getByRole('button', { name: 'Guardar' }).click();
    const told = page.getByRole('alert').filter({ hasText: 'Alguien lo cambió' });
    await told.getByText('Taller de Luis').waitFor();
    expect(await tallerBySlug('taller-doble')).toMatchObject({ name: 'Taller de Luis' });

    await told.getByRole('button', { name: 'Seguir con lo mío' }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Taller de Ana' }).waitFor();
    expect(await tallerBySlug('taller-doble')).toMatchObject({
      name: 'Taller de Ana',
      country: 'MX',
    });
    forgetRefusals(browser, 412);
  });

  test('are searched, filtered and ordered in the address, so that a list can be passed on', async () => {
    const page = await browser.visit('/recursos/templates?channel=whatsapp&target=clients');
    await page.getByRole('searchbox', { name: 'Buscar' }).fill('recepcion');
    await page.waitForURL(/search=recepcion/);
    const rows = page.getByRole('region', { name: 'Lista: Plantillas' }).getByRole('row');
    await rows.filter({ hasText: 'Recepción' }).first().waitFor();
    await browser.settled();
    const texts = await rows.allInnerTexts();
    expect(texts.slice(1).every((text) => text.includes('WhatsApp'))).toBe(true);
    await expectSound(browser, 'resource-list');
    await page.getByRole('button', { name: 'Quitar los filtros' }).click();
    await page.waitForURL(/\/recursos\/templates$/);
  }, 180_000);

  test('show the secret of a new key once', async () => {
    const page = await browser.visit('/recursos/api-keys');
    await page.getByRole('button', { name: 'Crear' }).click();
    const drawer = page.getByRole('dialog', { name: 'Crear: Claves de API' });
    await drawer.getByRole('textbox', { name: 'Nombre', exact: true }).fill('Sistema del taller');
    await drawer.getByRole('checkbox', { name: 'read' }).check();
    await drawer.getByRole('button', { name: 'Crear' }).click();
    const once = page.getByRole('dialog', { name: 'Creado' });
    await once.getByText(/^amb_live_\w{43}$/).waitFor();
    await once.getByRole('button', { name: 'Cerrar' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Sistema del taller' }).waitFor();
    expect(await page.getByText(/amb_live_\w{43}/).count()).toBe(0);
  });
});
