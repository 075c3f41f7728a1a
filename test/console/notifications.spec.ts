import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  browser = await ConsoleBrowser.open(system.apiUrl);
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
afterEach(() => system.sandbox.clearFaults());

/** Tells a customer of an appointment for a car with this plate. */
const tell = (person: Person, placa: string, changes: Record<string, unknown> = {}) => {
  const { context } = appointmentFor(person);
  return system.accept(
    appointmentFor(person, {
      context: { ...Object(context), placa, orden: `OT-${placa}` },
      ...changes,
    }),
  );
};

/** The log, narrowed to what a text finds. */
async function find(text: string) {
  const page = await browser.visit('/notificaciones');
  await page.getByLabel('Buscar').fill(text);
  await page.getByText('1 aviso', { exact: true }).waitFor();
  return page;
}

describe('the log of notices', () => {
  test('leads from a plate to why WhatsApp failed and that the e-mail left', async () => {
    const person = await addCustomer(system);
    await system.sandbox.fault({ channel: 'whatsapp', to: person.phone, kind: 'refuse_recipient' });
    const id = await tell(person, 'PBX-7788');
    await system.waitForState(id, 'sent');
    await tell(await addCustomer(system), 'AAA-1111');

    const page = await find('pbx 77');
    expect(page.url()).toContain('q=pbx+77');
    await expectSound(browser, 'notifications');
    await page.getByRole('link', { name: 'Cita agendada' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Cita agendada' }).waitFor();
    const told = page.getByRole('region', { name: `Aviso a ${person.name}` });
    await told
      .getByText(/^WhatsApp, intento 1: el proveedor dice que la dirección es errónea/)
      .waitFor();
    await told
      .getByText(/Respuesta del proveedor/)
      .first()
      .waitFor();
    await told.getByText('El correo, intento 1: el proveedor lo aceptó.').waitFor();
    await told.getByText(/^Enviado · A z\*\*\*/).waitFor();
    await told.getByText('No tenemos una dirección de la persona en este canal.').first().waitFor();

    await told.getByRole('button', { name: 'Qué dice el mensaje' }).click();
    await told.getByRole('tab', { name: 'Correo' }).click();
    const mail = told.frameLocator('iframe');
    await mail.getByText('PBX-7788').first().waitFor();
    await expectSound(browser, 'notification');
  });

  test.each(['OT-FND', 'Zoraida', 'zoraida.', '+59398'])('is searched for %s', async (text) => {
    const page = await browser.visit('/notificaciones');
    if (text === 'OT-FND') await tell(await addCustomer(system), 'FND-0001');
    await page.getByLabel('Buscar').fill(text);
    await page.getByText(/^\d+ avisos?$/).waitFor();
    expect(await page.getByRole('link', { name: 'Cita agendada' }).count()).toBeGreaterThan(0);
  });

  test('keeps its filters in the address, and says what to do when nothing matches', async () => {
    const page = await browser.visit('/notificaciones');
    await page.getByRole('button', { name: 'Filtros' }).click();
    await page.getByLabel('Canal').selectOption({ label: 'Notificación push' });
    await page.getByLabel('Estado').selectOption({ label: 'Leído' });
    await page.getByText('Ningún aviso coincide.').waitFor();
    expect(page.url()).toMatch(/channel=push.*state=read|state=read.*channel=push/);
    await page.reload();
    await page.getByText('Ningún aviso coincide.').waitFor();
    expect(await page.getByLabel('Canal').inputValue()).toBe('push');
    await page.getByRole('button', { name: 'Quitar filtros' }).click();
    await page.getByText(/^\d+ avisos?$/).waitFor();
  });

  test('is used by keyboard alone', async () => {
    const page = await browser.visit('/notificaciones');
    await page.getByLabel('Buscar').focus();
    await page.keyboard.type('pbx7788');
    await page.getByText('1 aviso', { exact: true }).waitFor();
    const link = page.getByRole('table').getByRole('link', { name: 'Cita agendada' });
    for (let steps = 0; steps < 12; steps += 1) {
      if (await link.evaluate((element) => element.matches(':focus'))) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Cita agendada' }).waitFor();
  });
});

describe('one notice', () => {
  test('that was scheduled is cancelled after a question, and not before', async () => {
    const person = await addCustomer(system);
    const id = await tell(person, 'CAN-0001', { scheduled_for: '2090-01-01T08:00:00-05:00' });
    const page = await browser.visit(`/notificaciones/${id}`);
    const cancel = page.getByRole('button', { name: 'Cancelar lo que falta' });
    await cancel.click();
    await page.getByRole('button', { name: 'No, dejarlo' }).click();
    expect((await system.event(id)).notifications[0]?.state).toBe('in_progress');
    await cancel.click();
    await page.getByRole('button', { name: 'Sí, cancelar' }).click();
    await page.getByText('Se canceló lo que faltaba.').waitFor();
    await page.getByText('El aviso fue cancelado.').waitFor();
    expect((await system.event(id)).notifications[0]?.state).toBe('canceled');
    await cancel.waitFor({ state: 'detached' });
  });

  test('is copied as a command that sends it again as it runs', async () => {
    const person = await addCustomer(system, { channels: ['email'] });
    const context = {
      nombre: "Rosa O'Brien $(id)",
      placa: 'CUR-0001',
      vehiculo: 'Haval "H6" \\ 2024',
      fecha: '20 de Enero, 2026',
      hora: '14:30',
    };
    const id = await system.accept(appointmentFor(person, { context }));
    await system.waitForState(id, 'sent');
    const page = await browser.visit(`/notificaciones/${id}`);
    await page.getByRole('button', { name: 'Copiar como curl' }).click();
    await page.getByText('Comando copiado.').waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    const receipt = JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }));
    expect(receipt.event_id).not.toBe(id);
    const again = await system.waitForState(receipt.event_id, 'sent');
    expect(again.context).toEqual(context);
    expect(await system.sandbox.waitFor(person.email, 2)).toHaveLength(2);
  });

  test('that failed is sent again, and arrives', async () => {
    const person = await addCustomer(system, { channels: ['email'] });
    await system.sandbox.fault({ channel: 'email', to: person.email, kind: 'refuse_message' });
    const id = await tell(person, 'FAI-0001');
    await system.waitForState(id, 'failed');
    await system.sandbox.clearFaults();
    const page = await browser.visit(`/notificaciones/${id}`);
    await page.getByRole('button', { name: 'Enviar otra vez' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enviar otra vez' }).click();
    await page.getByText('El aviso se envía de nuevo.').waitFor();
    await system.sandbox.waitFor(person.email);
    await page.getByText('Se envió de nuevo, como otro aviso.').waitFor();
    await page.getByRole('button', { name: 'Enviar otra vez' }).waitFor({ state: 'detached' });
  });

  test('is followed while it is on its way, without a reload', async () => {
    const person = await addCustomer(system);
    await system.hearReceipts([]);
    const id = await tell(person, 'LIV-0001');
    const page = await browser.visit(`/notificaciones/${id}`);
    const [message] = await system.sandbox.waitFor(person.phone);
    await system.sandbox.tellReceipt(message?.id ?? 0, 'READ');
    await page.getByText('WhatsApp: fue leído.').waitFor();
  });

  test('that there is not is said to be missing', async () => {
    const page = await browser.visit('/notificaciones/0190ffff-0000-7000-8000-000000000000');
    await page.getByText('No existe').waitFor();
    await page.getByRole('link', { name: 'Todas las notificaciones' }).click();
    await page.getByRole('heading', { level: 1, name: 'Notificaciones' }).waitFor();
    // The browser says of itself that the answer was a 404.
    browser.faults.length = 0;
  });

  test('is told in English to whoever asks for it', async () => {
    const page = await browser.visit('/notificaciones?q=PBX7788');
    await page.getByRole('button', { name: 'Read in English' }).click();
    await page.getByRole('link', { name: 'Appointment scheduled' }).first().click();
    await page.getByText('E-mail, attempt 1: the provider took it.').waitFor();
    await page.getByRole('button', { name: 'Leer en español' }).click();
    expect(browser.faults).toEqual([]);
  });
});
