import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
let person: Person;
beforeAll(async () => {
  system = await System.start();
  await system.query(
    `INSERT INTO taller (id, slug, name) VALUES (gen_random_uuid(), 'norte', 'Taller Norte')`,
  );
  person = await addCustomer(system);
  await system.query(
    `INSERT INTO vehicle (id, customer_id, plate, make, model, year)
     VALUES ('vehicle-of-the-simulation', $1, 'PBA-1234', 'Haval', 'H6', 2024)`,
    [person.id],
  );
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Chooses the customer by a part of his name, as one types it. */
async function chooseCustomer(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Cliente' }).fill(person.name.slice(-8));
  await page.getByRole('option', { name: person.name }).click();
}

const datum = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const seePlan = (page: Page) => page.getByRole('button', { name: 'Ver el plan' }).click();
const channel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('a simulation', () => {
  test('names each datum that is missing, and tells the plan when it is there', async () => {
    const page = await browser.visit('/simular');
    await chooseCustomer(page);
    await page.getByRole('combobox', { name: 'Vehículo', exact: true }).selectOption({ index: 1 });
    await seePlan(page);
    await page.getByText('Faltan datos que las plantillas necesitan').waitFor();
    await page.getByRole('listitem').getByText('Fecha', { exact: true }).waitFor();
    await datum(page, 'Fecha').fill('20 de Enero, 2027');
    await datum(page, 'Hora').fill('14:30');
    await page.getByText('El plan es de antes de su último cambio').waitFor();
    await seePlan(page);
    await page.getByText('Este aviso saldría').waitFor();
    await page.getByText('Se intenta: WhatsApp → Correo').waitFor();
    await channel(page, 'WhatsApp').getByText('Intento 1', { exact: true }).waitFor();
    await channel(page, 'WhatsApp').getByText('20 de Enero, 2027').waitFor();
    await channel(page, 'Notificación push').getByText('Sin dirección que sirva').waitFor();
    const mail = page.frameLocator('iframe[title="Correo como llegaría"]');
    await mail.getByText('20 de Enero, 2027').first().scrollIntoViewIfNeeded();
    expect(await system.query('SELECT FROM event')).toEqual([]);
    await expectSound(browser, 'simulate');
  }, 180_000);

  test('sends once what was planned, however fast it is clicked, and tells what became of it', async () => {
    const page = await browser.visit(`/simular?customer=${person.id}`);
    await page.getByRole('combobox', { name: 'Fase', exact: true }).selectOption('phase-reception');
    await page.getByRole('combobox', { name: 'Vehículo', exact: true }).selectOption({ index: 1 });
    for (const name of ['Hora', 'Fecha', 'Orden', 'Técnico']) {
      if (await datum(page, name).count()) await datum(page, name).fill('14:30');
    }
    await seePlan(page);
    await page.getByRole('button', { name: 'Enviar' }).dblclick();
    const sent = page.getByRole('region', { name: 'Enviado' });
    await sent.getByText(`${person.name}: enviado`).waitFor();
    const events = await system.query<{ id: string }>('SELECT id FROM event');
    expect(events).toHaveLength(1);
    expect(await sent.getByRole('link').getAttribute('href')).toBe(
      `/notificaciones/${events[0]?.id}`,
    );
    expect(await system.sandbox.waitFor(person.phone)).toHaveLength(1);
    await expectSound(browser, 'simulate-sent');
  }, 180_000);

  test('begins as an event that was, with its data', async () => {
    const id = await system.accept(appointmentFor(person, { phase_id: 'phase-schedule' }));
    const page = await browser.visit(`/simular?from=${id}`);
    expect(await datum(page, 'Hora').inputValue()).toBe('14:30');
    await page
      .getByRole('combobox', { name: 'Cliente' })
      .and(page.locator(`[value^="${person.name}"]`))
      .waitFor();
    await seePlan(page);
    await page.getByText('Este aviso saldría').waitFor();
  });
});

describe('a channel that the matrix of one workshop has switched off', () => {
  test('is told as the reason in a simulation of that workshop, and of no other', async () => {
    const page = await browser.visit('/matriz?service_type=mantenimiento-preventivo&taller=norte');
    await page.getByRole('button', { name: 'Dar una matriz propia' }).click();
    await page.getByRole('switch', { name: /^WhatsApp, Agendar Cita/ }).press('Space');
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByRole('status').getByText('Sin cambios').waitFor();

    await page.getByRole('link', { name: 'Simular' }).click();
    await browser.settled();
    await chooseCustomer(page);
    await page.getByRole('combobox', { name: 'Vehículo', exact: true }).selectOption({ index: 1 });
    await datum(page, 'Fecha').fill('20 de Enero, 2027');
    await datum(page, 'Hora').fill('14:30');
    await page
      .getByRole('combobox', { name: 'Taller', exact: true })
      .selectOption({ label: 'Taller Norte' });
    await seePlan(page);
    await page.getByText('Orquestación propia del taller.').waitFor();
    await channel(page, 'WhatsApp')
      .getByText('El canal está apagado para esta fase en la matriz.')
      .waitFor();
    await page.getByText('Se intenta: Correo', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Taller', exact: true }).selectOption('');
    await seePlan(page);
    await page.getByText('Se intenta: WhatsApp → Correo').waitFor();
  });
});

test('nothing went wrong in the browser on the way', () => {
  expect(browser.faults).toEqual([]);
});
