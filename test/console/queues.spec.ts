import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { afterCalls, closedBreaker } from '#domain/delivery/breaker.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
let person: Person;
beforeAll(async () => {
  // Fails for good at its first try, so that nothing is waited for.
  system = await System.start({ DELIVERY_RETRIES: '0' });
  person = await addCustomer(system, { channels: ['email'] });
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Tells somebody something that no mail server takes. */
async function fail(): Promise<string> {
  await system.sandbox.fault({ channel: 'email', kind: 'refuse_message', to: person.email });
  const event = await system.accept(appointmentFor(person));
  await system.waitForState(event, 'failed');
  await system.sandbox.clearFaults();
  return event;
}

describe('the queues', () => {
  test('tell who works on them while nothing waits', async () => {
    const page = await browser.visit('/colas');
    const mail = page.getByRole('region', { name: 'Correo', exact: true });
    await mail.getByText('1 proceso atiende esta cola').waitFor();
    await mail.getByText('Nada está atrasado').waitFor();
    await page.getByText('No hay nada pendiente').waitFor();
  });

  test('a notice that failed is found by its cause, sent again after asking, and arrives', async () => {
    await fail();
    const page = await browser.visit('/colas');
    await page.getByRole('button', { name: 'Ver una por una' }).click();
    await page.getByRole('cell', { name: 'Sin resolver' }).waitFor();
    await expectSound(browser, 'queues');
    await page.getByRole('button', { name: 'Reenviar', exact: true }).click();
    await page.getByText('Antes de salir se revisa de nuevo').waitFor();
    await page.getByRole('button', { name: 'Sí, reenviar' }).click();
    await page.getByRole('cell', { name: 'Reenviada' }).waitFor();
    await system.sandbox.waitFor(person.email, 1, 'email');
  });

  test('all of one cause are sent again together, each in its turn', async () => {
    // One after the other: the first to have failed mends the mail server.
    await fail();
    await fail();
    const before = (await system.sandbox.arrived(person.email, 'email')).length;
    const page = await browser.visit('/colas');
    await page.getByText(/2 sin resolver/).waitFor();
    await page.getByRole('button', { name: /^Reenviar todas/ }).click();
    await page.getByText('¿Reenviar 2?').waitFor();
    await page.getByRole('button', { name: 'Sí, reenviar' }).click();
    await page.getByText('No hay nada pendiente').waitFor();
    await system.sandbox.waitFor(person.email, before + 2, 'email');
  });

  test('a way out that rests is opened by hand', async () => {
    const lastFailure = { code: 'unreachable', detail: 'connect ECONNREFUSED' };
    const report = { calls: 10, failures: 10, lastFailure, misconfigured: false };
    const memory = { ...freshAccount, breaker: afterCalls(closedBreaker, report, Date.now()) };
    await system.query(
      `INSERT INTO provider_account (account, channel, state, memory, gated_until)
       VALUES ('whatsapp:house', 'whatsapp', 'open', $1, 'infinity')`,
      [JSON.stringify(memory)],
    );
    const page = await browser.visit('/colas');
    const account = page.getByRole('article', { name: 'WhatsApp del servicio' });
    await account.getByText('En pausa').waitFor();
    await account.getByRole('button', { name: 'Abrir ahora WhatsApp del servicio' }).click();
    await page.getByRole('button', { name: 'Sí, abrir' }).click();
    await account.getByText('Funciona').waitFor();
  });

  test('lead to the jobs one by one, which ask nobody else for anything', async () => {
    const page = await browser.visit('/colas');
    await page.getByRole('link', { name: 'Ver los trabajos uno por uno' }).click();
    await page.getByText('deliver-email').first().waitFor();
    await page.goto('/queues/queue/sync');
    await page.getByText('sync').first().waitFor();
    await browser.keepScreenshot('queues-board');
    expect(browser.faults).toEqual([]);
  });

  test('say so when nobody works on them', async () => {
    await system.process('worker').end('SIGKILL');
    const page = await browser.visit('/colas');
    await page.getByText('Nadie atiende esta cola: inicie un worker').first().waitFor();
    await system.startWorker();
    await page
      .getByRole('region', { name: 'Correo', exact: true })
      .getByText('1 proceso atiende esta cola')
      .waitFor();
    expect(browser.faults).toEqual([]);
  });
});
