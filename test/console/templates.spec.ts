import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TemplatePage, TemplateView } from '#contracts/http/templates.dto.js';
import { addCustomer } from '../support/people.js';
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
// Drafts that a test left must not be found by the next one.
afterEach(async () => {
  await browser.context.setOffline(false);
  await browser.page.evaluate('sessionStorage.clear()');
});

const path = '/api/v1/notifications/templates/';

/** A template of the seed, which no other test has its hands on. */
async function templateOf(phase: string, channel: string): Promise<TemplateView> {
  const query = `target=clients&service_type_id=averia-revision&phase_id=${phase}&channel=${channel}`;
  const answer = await fetch(`${system.apiUrl}${path}?${query}`);
  const page: TemplatePage = JSON.parse(await answer.text());
  const [template] = page.results;
  if (!template) throw new Error(`the seed has no ${channel} for ${phase}`);
  return template;
}

/** What the browser says of refusals that the journey brings about on purpose. */
function refused(status: number): string[] {
  const told = browser.faults.filter((fault) => fault.includes(`status of ${status} `));
  const others = browser.faults.filter((fault) => !told.includes(fault));
  browser.faults.splice(0, browser.faults.length, ...others);
  return told;
}

const body = (page: Page) => page.getByRole('textbox', { name: 'Mensaje', exact: true });

/** Types behind all that is there, as a person does at the end of a text. */
async function append(page: Page, text: string): Promise<void> {
  await body(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
}

describe('the list of templates', () => {
  test('is narrowed by what stands in the address, and the address by what is chosen', async () => {
    const page = await browser.visit('/plantillas?channel=whatsapp&target=clients');
    await page.getByText(/^\d+ plantillas$/).waitFor();
    expect(await page.getByRole('cell', { name: 'Correo', exact: true }).count()).toBe(0);
    await page.getByLabel('Buscar en nombre y texto').fill('no hay tal cosa');
    await page.getByText('Ninguna plantilla con estos filtros.').waitFor();
    expect(new URL(page.url()).searchParams.get('search')).toBe('no hay tal cosa');
    await page.getByRole('button', { name: 'Quitar filtros', exact: true }).click();
    await page.getByRole('cell', { name: 'Correo', exact: true }).first().waitFor();
  });

  test('is sound in light and dark, on a phone and on a desk', async () => {
    await browser.visit('/plantillas');
    await expectSound(browser, 'plantillas');
  });
});

describe('a template', () => {
  test('is mended where line and column say, seen, saved, compared and restored', async () => {
    const { id } = await templateOf('phase-repair', 'whatsapp');
    const page = await browser.visit(`/plantillas/${id}`);
    await append(page, '\nLo espera {{Tecnico}}.');
    await page.getByRole('button', { name: /^Ir a la línea \d+, columna \d+$/ }).waitFor();
    await page.getByText('¿quiso decir {{Técnico}}?').waitFor();
    await page.getByText('No son variables: {{Tecnico}}').waitFor();
    expect(refused(400)).not.toEqual([]);

    for (let letter = 0; letter < '{{Tecnico}}.'.length; letter += 1) {
      await page.keyboard.press('Backspace');
    }
    await page.getByRole('button', { name: /^Insertar \{\{Técnico\}\}/ }).click();
    const preview = page.getByRole('region', { name: 'Vista previa' });
    await preview.getByText('Lo espera Juan Pérez').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Guardada: versión 2').waitFor();
    await page.getByText('Todo está guardado').waitFor();

    await page.getByRole('button', { name: 'Ver y comparar la versión 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('ins', { hasText: 'Lo espera {{Técnico}}' }).waitFor();
    await dialog.getByRole('button', { name: 'Restaurar la versión 1' }).click();
    await dialog.getByRole('button', { name: 'Sí, restaurar' }).click();
    await page.getByText('Restaurada: ahora es la versión 3').waitFor();
    await preview.getByText('Lo espera Juan Pérez').waitFor({ state: 'detached' });
    expect(await body(page).textContent()).not.toContain('Lo espera');
    // What was half mended was judged, too.
    refused(400);
    expect(browser.faults).toEqual([]);
  });

  test('keeps what was typed through a reload and a save that failed', async () => {
    const { id } = await templateOf('phase-quality', 'whatsapp');
    const page = await browser.visit(`/plantillas/${id}`);
    await append(page, '\nHasta pronto.');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Sin conexión' }).waitFor();
    await page.context().setOffline(false);
    browser.faults.splice(0);
    await page.reload();
    await browser.settled();
    await page.getByText('Recuperamos lo que escribió').waitFor();
    await body(page).getByText('Hasta pronto.').waitFor();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('Guardada: versión 2').waitFor();
    expect(browser.faults).toEqual([]);
  });

  test('that two people edit is never overwritten: the second sees both texts and decides', async () => {
    const { id } = await templateOf('phase-delivery', 'whatsapp');
    const mine = await browser.visit(`/plantillas/${id}`);
    const theirs = await browser.secondTab();
    await browser.visit(`/plantillas/${id}`, theirs);
    await append(mine, '\nDice uno.');
    await append(theirs, '\nDice otro.');
    await theirs.getByRole('button', { name: 'Guardar', exact: true }).click();
    await theirs.getByText('Guardada: versión 2').waitFor();
    await mine.getByRole('button', { name: 'Guardar', exact: true }).click();
    const dialog = mine.getByRole('dialog', { name: 'Alguien guardó esta plantilla' });
    await dialog.locator('del', { hasText: 'otro' }).waitFor();
    await dialog.locator('ins', { hasText: 'uno' }).waitFor();
    expect(refused(412)).not.toEqual([]);
    await dialog.getByRole('button', { name: 'Seguir editando lo mío' }).click();
    await body(mine).getByText('Dice uno.').waitFor();
    await mine.getByRole('button', { name: 'Ver diferencias' }).click();
    await dialog.getByRole('button', { name: 'Guardar lo mío como versión nueva' }).click();
    await mine.getByText('Guardada: versión 3').waitFor();
    await theirs.close();
    expect(browser.faults).toEqual([]);
  });

  test('is tried on an address, and arrives there marked as a test', async () => {
    const { id } = await templateOf('phase-reception', 'email');
    const page = await browser.visit(`/plantillas/${id}`);
    await page.getByRole('button', { name: 'Enviar prueba' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enviar una prueba' });
    await dialog.getByLabel('Correo electrónico').fill('asesora.prueba@example.com');
    await dialog.getByRole('button', { name: 'Enviar prueba' }).click();
    await page.getByText('La prueba va en camino.').waitFor();
    const [arrived] = await system.sandbox.waitFor('asesora.prueba@example.com');
    expect(arrived?.subject).toMatch(/^\[PRUEBA\] /);
    expect(arrived?.html).toContain('Mensaje de prueba');
  });

  test('is not tried on a customer who withdrew consent, and that is said in words', async () => {
    const person = await addCustomer(system);
    await system.query(
      `INSERT INTO customer_preference (customer_id, channel, consent_withdrawn_at)
       VALUES ($1, 'email', now())`,
      [person.id],
    );
    const { id } = await templateOf('phase-reception', 'email');
    const page = await browser.visit(`/plantillas/${id}`);
    await page.getByRole('button', { name: 'Enviar prueba' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enviar una prueba' });
    await dialog.getByText('Un cliente', { exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Cliente' }).fill(person.name);
    await page.getByRole('option', { name: person.name }).click();
    await dialog.getByRole('button', { name: 'Enviar prueba' }).click();
    await dialog.getByText('La persona retiró su consentimiento para este canal.').waitFor();
    expect(refused(400)).not.toEqual([]);
    expect(await system.sandbox.arrived(person.email)).toEqual([]);
  });

  test('of an e-mail is seen as desks, phones, the dark and plain text show it', async () => {
    const { id } = await templateOf('phase-delivery', 'email');
    const page = await browser.visit(`/plantillas/${id}`);
    const frame = page.frameLocator('iframe[title="Correo como se ve"]');
    await frame.getByText('Mensaje automático de').waitFor();
    await page.getByText('Oscuro', { exact: true }).click();
    await frame.getByText('Mensaje automático de').waitFor();
    await expectSound(browser, 'plantilla-correo');
    const preview = page.getByRole('region', { name: 'Vista previa' });
    await preview.getByText('Texto', { exact: true }).click();
    await preview.getByRole('region', { name: 'Texto' }).waitFor();
    expect(browser.faults).toEqual([]);
  });

  test.each(['whatsapp', 'push'])('of %s is sound', async (channel) => {
    const { id } = await templateOf('phase-schedule', channel);
    const page = await browser.visit(`/plantillas/${id}`);
    await page.getByText(/^\d+ de \d+ caracteres$/).waitFor();
    await expectSound(browser, `plantilla-${channel}`);
  });
});

describe('the map of what is written', () => {
  test('shows the cell that lost its template, leads to writing it, and forgets it then', async () => {
    const { id } = await templateOf('phase-quality', 'push');
    const page = await browser.visit(`/plantillas/${id}`);
    await page.getByRole('button', { name: 'Eliminar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
    await page.getByText('Plantilla eliminada').waitFor();
    await page.getByRole('link', { name: 'Ver cobertura' }).click();
    await page.getByText('A una celda encendida le falta la plantilla').waitFor();
    await expectSound(browser, 'plantillas-cobertura');
    await page.getByRole('link', { name: /^Falta: escribir la plantilla de/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Nueva plantilla' }).waitFor();
    await page.getByRole('textbox', { name: 'Nombre' }).fill('Control · push');
    await page.getByRole('textbox', { name: 'Título' }).fill('{{Vehículo}} en control');
    await page.getByLabel('Enlace al tocar').fill('/vehiculos/{{Placa}}');
    await append(page, 'Estamos revisando {{Placa}}.');
    await page.getByText('Estamos revisando ABC123.').waitFor();
    await page.getByRole('button', { name: 'Crear plantilla' }).click();
    await page.getByRole('heading', { level: 1, name: 'Control · push' }).waitFor();
    await browser.visit('/plantillas/cobertura');
    await page.getByText('Toda celda encendida tiene su plantilla.').waitFor();
    expect(browser.faults).toEqual([]);
  });

  test('leads to a form that is sound before anything is written', async () => {
    const place = 'channel=push&target=clients&service_type=averia-revision&phase=phase-quality';
    const page = await browser.visit(`/plantillas/nueva?${place}`);
    await page.getByLabel('Título').waitFor();
    await expectSound(browser, 'plantilla-nueva');
  });
});
