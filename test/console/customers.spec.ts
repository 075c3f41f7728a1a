import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PreferencesInput } from '#contracts/client/types.gen.js';
import type { CustomerExport } from '#contracts/http/customer-data.dto.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';
import { forgetRefusals } from './support/forget-refusals.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  await system.query(
    `INSERT INTO customer (id, name, email, phone)
     SELECT 'masa-' || n, 'Cliente ' || n, 'masa' || n || '@example.com', '+5939' || 80000000 + n
     FROM generate_series(1, 100000) n`,
  );
  await system.query(
    `INSERT INTO customer (id, name, email, phone)
     VALUES ('iñigo/1', 'Íñigo Núñez', 'inigo@example.com', '+593987650001')`,
  );
  await system.query('ANALYZE customer');
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const path = `/clientes/${encodeURIComponent('iñigo/1')}`;
const inigo = async <Row>(sql: string) => (await system.query<Row>(sql, ['iñigo/1']))[0];

/** The answer to this change of preferences: the screen shows each before it is saved. */
const answerTo = (change: PreferencesInput) =>
  browser.page.waitForResponse(
    (response) =>
      response.url().endsWith('/update_preferences/') &&
      response.request().postData() === JSON.stringify(change),
  );

describe('the customers', () => {
  test('are found among 100,000 by part of a name, whatever its accents, and the address says so', async () => {
    const page = await browser.visit('/clientes');
    await page.getByText('1 a 50 de 100.001').waitFor();
    await page.getByRole('searchbox').fill('nunez');
    await page.waitForURL(/search=nunez/);
    await page.getByText('1 a 1 de 1', { exact: true }).waitFor();
    await expectSound(browser, 'customers');
    await page.getByRole('link', { name: 'Íñigo Núñez' }).click();
    await page.getByRole('heading', { level: 1, name: 'Íñigo Núñez' }).waitFor();
  }, 180_000);

  test('are made with a number as people write it, and told what cannot be one', async () => {
    const page = await browser.visit('/clientes');
    await page.getByRole('button', { name: 'Nuevo cliente' }).click();
    const form = page.getByRole('dialog', { name: 'Nuevo cliente' });
    await form.getByRole('textbox', { name: 'Nombre' }).fill('Rosa Chimbo');
    await form.getByRole('textbox', { name: 'Teléfono' }).fill('12');
    await form.getByRole('button', { name: 'Crear cliente' }).click();
    await form.locator('[type=tel][aria-invalid="true"]').waitFor();
    await form.getByRole('textbox', { name: 'Teléfono' }).fill('099 123 4567');
    await form.getByRole('button', { name: 'Crear cliente' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rosa Chimbo' }).waitFor();
    await browser.settled();
    expect(await page.getByRole('textbox', { name: 'Teléfono' }).inputValue()).toBe(
      '+593991234567',
    );
    forgetRefusals(browser, 400);
  });
});

describe('the page of one customer', () => {
  test('changes the order of channels by keyboard alone, and switches one off', async () => {
    const page = await browser.visit(path);
    const channels = page.getByRole('list', { name: /^Canales en el orden/ });
    const names = () => channels.getByRole('listitem').allInnerTexts();
    expect((await names()).map((text) => text.split('\n')[0])).toEqual([
      'Correo',
      'WhatsApp',
      'Push',
    ]);
    // Picked up with space, moved with the arrows, put down with space.
    await page.getByRole('button', { name: 'Mover Push' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Push quedaría en el lugar 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowUp');
    await page.getByText('Push quedaría en el lugar 2.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Usar el orden de la matriz' }).waitFor();
    // And one step more by its button.
    await page.getByRole('button', { name: 'Subir Push' }).press('Enter');
    await channels.getByRole('listitem').first().getByText('Push', { exact: true }).waitFor();
    const saved = answerTo({ whatsapp: { enabled: false } });
    await page.getByRole('switch', { name: 'Quiere avisos por WhatsApp' }).press('Space');
    await saved;
    await page.reload();
    await browser.settled();
    expect((await names()).map((text) => text.split('\n')[0])).toEqual([
      'Push',
      'Correo',
      'WhatsApp',
    ]);
    expect(await page.getByRole('switch', { name: 'Quiere avisos por WhatsApp' }).isChecked()).toBe(
      false,
    );
  });

  test('tells that somebody else changed the channels, shows how they are, and overwrites nothing', async () => {
    const page = await browser.visit(path);
    const push = page.getByRole('switch', { name: 'Quiere avisos por Push' });
    const email = page.getByRole('switch', { name: 'Quiere avisos por Correo' });
    await push.waitFor({ state: 'attached' });
    await system.query(
      `UPDATE customer_preference SET enabled = false WHERE customer_id = $1 AND channel = 'email'`,
      ['iñigo/1'],
    );
    await push.press('Space');
    const told = page.getByRole('alert').filter({ hasText: 'Nada se ha sobrescrito' });
    await told.waitFor();
    await page
      .getByRole('switch', { name: 'Quiere avisos por Correo', checked: false })
      .waitFor({ state: 'attached' });
    expect([await push.isChecked(), await email.isChecked()]).toEqual([true, false]);
    forgetRefusals(browser, 412);
    await expectSound(browser, 'customer-preferences-overtaken');
    const saved = answerTo({ email: { enabled: true } });
    await email.press('Space');
    await saved;
    await told.waitFor({ state: 'hidden' });
    expect(
      await inigo(
        `SELECT enabled FROM customer_preference WHERE customer_id = $1 AND channel = 'email'`,
      ),
    ).toEqual({ enabled: true });
  });

  test('adds a vehicle with its odometer and a reminder, and marks that as done', async () => {
    const page = await browser.visit(path);
    await page.getByRole('button', { name: 'Añadir vehículo' }).click();
    const form = page.getByRole('dialog', { name: 'Añadir vehículo' });
    for (const [label, text] of [
      ['Placa', 'PBA-1234'],
      ['Marca', 'Haval'],
      ['Modelo', 'Jolion'],
      ['Año del modelo', '2024'],
    ] as const)
      await form.getByRole('textbox', { name: label, exact: true }).fill(text);
    await form.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('button', { name: 'Odómetro de PBA-1234' }).click();
    const odometer = page.getByRole('dialog', { name: 'Odómetro de PBA-1234' });
    await odometer.getByRole('textbox', { name: 'Kilómetros' }).fill('12500');
    await odometer.getByRole('button', { name: 'Anotar lectura' }).click();
    await odometer.getByText('12.500 km').waitFor();
    await odometer.getByRole('button', { name: 'Cerrar' }).click();

    await page.getByRole('button', { name: 'Añadir recordatorio' }).click();
    const reminder = page.getByRole('dialog', { name: 'Añadir recordatorio' });
    await reminder.getByRole('button', { name: 'Añadir recordatorio' }).click();
    // Neither a day nor kilometres: refused, and nothing is lost.
    await reminder.getByRole('alert').waitFor();
    await reminder.getByRole('textbox', { name: 'Vence a los kilómetros' }).fill('20000');
    await reminder.getByRole('button', { name: 'Añadir recordatorio' }).click();
    await reminder.waitFor({ state: 'hidden' });
    forgetRefusals(browser, 400);
    await expectSound(browser, 'customer');
    await page.getByRole('button', { name: /^Marcar como cumplido: .* PBA-1234$/ }).click();
    await page.getByText('Nada pendiente.').waitFor();
    await page.getByText('Cumplidos').click();
    await page.getByText('a los 20.000 km').waitFor();
    expect(await inigo('SELECT status, due_km FROM reminder WHERE customer_id = $1')).toMatchObject(
      { status: 'completed', due_km: 20000 },
    );
  }, 180_000);

  test('tells that somebody else changed the contact data, and overwrites nothing', async () => {
    const page = await browser.visit(path);
    await page.getByRole('textbox', { name: 'Correo' }).fill('nuevo@example.com');
    await system.query(`UPDATE customer SET phone = '+593987650002' WHERE id = 'iñigo/1'`);
    await page.getByRole('button', { name: 'Guardar' }).click();
    const told = page.getByRole('alert').filter({ hasText: 'Alguien lo cambió' });
    await told.getByRole('button', { name: 'Seguir con lo mío' }).click();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Guardado').waitFor();
    expect(await inigo('SELECT email, phone FROM customer WHERE id = $1')).toEqual({
      email: 'nuevo@example.com',
      phone: '+593987650002',
    });
    forgetRefusals(browser, 412);
  });

  test('gives everything that is held as a file, and forgets the customer once the name is typed', async () => {
    const page = await browser.visit(path);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Descargar todo' }).click();
    const file = await (await downloading).path();
    const held: CustomerExport = JSON.parse(await readFile(file, 'utf8'));
    expect(held).toMatchObject({
      customer_id: 'iñigo/1',
      customer: { name: 'Íñigo Núñez' },
      vehicles: [{ plate: 'PBA-1234' }],
    });

    await page.getByRole('button', { name: 'Olvidar al cliente' }).click();
    const asked = page.getByRole('dialog', { name: '¿Olvidar a Íñigo Núñez?' });
    await asked.getByText('Queda, sin nada que lo nombre').waitFor();
    await asked.getByRole('button', { name: 'Entiendo, continuar' }).click();
    const doIt = asked.getByRole('button', { name: 'Olvidar para siempre' });
    expect(await doIt.isDisabled()).toBe(true);
    await asked.getByRole('textbox').fill('Íñigo Núñez');
    await doIt.click();
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
    await page.getByText(/Eventos que quedan sin nombre/).waitFor();
    expect(await inigo('SELECT name FROM customer WHERE id = $1')).toBeUndefined();
    expect(browser.faults).toEqual([]);
  });
});
