import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';
import { forgetRefusals } from './support/forget-refusals.js';

let system: System;
let browser: ConsoleBrowser;
let person: Person;
beforeAll(async () => {
  system = await System.start();
  person = await addCustomer(system, {
    preferences: [
      ['whatsapp', 1, true],
      ['email', 2, true],
    ],
  });
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

test('says what to do while nothing has arrived', async () => {
  const page = await browser.visit('/bandeja');
  await page.getByText('Todavía no llegó nada').first().waitFor();
});

test('a channel that was made to fail lets the next one tell the person, and it is seen here', async () => {
  const page = await browser.visit('/bandeja');
  await page.getByLabel('WhatsApp', { exact: true }).first().selectOption('Rechaza el mensaje');
  await page.getByText('El canal cambió.').waitFor();
  expect(await system.sandbox.faults()).toEqual([{ channel: 'whatsapp', kind: 'refuse_message' }]);
  const event = await system.accept(appointmentFor(person));
  await page.getByLabel('Destinatario contiene').fill(person.email);
  const mail = page.getByRole('article', { name: `Correo ${person.email}` });
  await mail.waitFor();
  expect(await mail.getByRole('link', { name: 'Ver la notificación' }).getAttribute('href')).toBe(
    `/notificaciones/${event}`,
  );
  expect(new URL(page.url()).searchParams.get('para')).toBe(person.email);
});

test('what works again arrives beside it, and all of it is sound', async () => {
  const page = await browser.visit('/bandeja');
  await page.getByLabel('WhatsApp', { exact: true }).first().selectOption('Funciona');
  await page.getByText('El canal cambió.').waitFor();
  const event = await system.accept(appointmentFor(person));
  const other = await addCustomer(system, { channels: ['push'] });
  await system.accept(appointmentFor(other));
  await page.getByRole('article', { name: `WhatsApp ${person.phone}` }).waitFor();
  await page.getByRole('article', { name: /^Push / }).waitFor();
  await system.waitForState(event, 'sent');
  await expectSound(browser, 'sandbox');
});

test('a mail opens with its picture, its text and its headers, and can be sent on as an address', async () => {
  const page = await browser.visit('/bandeja');
  await page
    .getByRole('button', { name: /^Abrir «/ })
    .first()
    .click();
  const mail = page.getByRole('dialog');
  await mail.getByTitle('El correo como lo ve la persona').waitFor();
  await expectSound(browser, 'sandbox-mail');
  await mail.getByRole('tab', { name: 'Encabezados' }).click();
  await mail.getByRole('cell', { name: 'message-id' }).waitFor();
  await page.reload();
  await page.getByRole('dialog').getByRole('tab', { name: 'Texto' }).click();
  await page
    .getByRole('dialog')
    .getByText(/Haval H6 2024/)
    .first()
    .waitFor();
});

test('is emptied after it has asked', async () => {
  const page = await browser.visit('/bandeja');
  await page.getByRole('button', { name: 'Vaciar la bandeja' }).click();
  await page.getByRole('button', { name: 'Sí, vaciar' }).click();
  await page.getByText('La bandeja quedó vacía.').waitFor();
  await page.getByText('Todavía no llegó nada').first().waitFor();
});

test('where there is no sandbox, nothing speaks of one, and its address says so', async () => {
  const badge = browser.page.getByText('Pruebas: nada sale');
  const link = browser.page.getByRole('link', { name: 'Bandeja de prueba' });
  await browser.visit('/');
  await Promise.all([badge.waitFor(), link.waitFor()]);
  // Nobody is there to see the service go.
  await browser.page.goto('about:blank');
  await system.process('api').end();
  await system.startApi({ SANDBOX_CHANNELS: '', SANDBOX_CONTROL_URL: '' });
  await browser.visit('/');
  await browser.page.getByRole('link', { name: 'Simular' }).waitFor();
  expect([await badge.count(), await link.count()]).toEqual([0, 0]);
  await browser.visit('/bandeja');
  await browser.page.getByText(/^Aquí no hay bandeja/).waitFor();
  forgetRefusals(browser, 404);
  // Nor is it asked for again, which the browser would note.
  await expectSound(browser, 'no-sandbox');
});
