import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NoticePage } from '#contracts/http/inbox.dto.js';
import { freePort } from '#infrastructure/testing/free-port.js';
import { addCustomer, appointmentFor } from '../support/people.js';
import { answersAt, type Spawned } from '../support/spawned.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start({ ADMIN_EMAILS: 'jefe@example.com' });
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Tells staff of a vehicle by its plate; gives back the event. */
async function tellStaff(plate: string, changes: Record<string, unknown> = {}): Promise<string> {
  const person = await addCustomer(system);
  const event = appointmentFor(person, { target: 'staff', ...changes });
  return system.accept({ ...event, context: { ...Object(event.context), placa: plate } });
}
const cardOf = (text: string, page = browser.page) =>
  page
    .getByRole('list', { name: 'Lista de avisos' })
    .getByRole('listitem')
    .filter({ hasText: text });
const live = () => browser.page.getByRole('status').getByText('En vivo', { exact: true });
const badge = () => browser.page.getByRole('navigation').getByLabel(/sin leer/);

/** Tells `wasShown` what the browser shows beside a page, once it is shown; told to the browser. */
const watchNotifications = `
  window.Notification = class extends Notification {
    constructor(...what) {
      super(...what);
      window.newest = this;
      this.addEventListener('show', () => wasShown(this.title, this.body, this.tag));
    }
  };
`;

describe('the inbox of staff', () => {
  test('says what to expect while it is empty, and follows what happens', async () => {
    await browser.visit('/avisos');
    await browser.page.getByText('No hay avisos.', { exact: false }).waitFor();
    await live().waitFor();
  });

  test('shows a notice within a second of its commit, with its count on every screen', async () => {
    const page = await browser.visit('/avisos');
    await live().waitFor();
    const tookMs: number[] = [];
    for (const plate of ['AAA1001', 'AAA1002', 'AAA1003', 'AAA1004', 'AAA1005']) {
      const id = await tellStaff(plate);
      await cardOf(plate).waitFor();
      const shownAt = await page.evaluate(() => Date.now());
      const [row] = await system.query<{ at: number }>(
        `SELECT extract(epoch FROM created_at)::float8 * 1000 AS at FROM staff_notice WHERE id = $1`,
        [id],
      );
      tookMs.push(Math.round(shownAt - (row?.at ?? 0)));
    }
    process.stdout.write(`a notice on the screen after ${tookMs.join(', ')} ms\n`);
    // The middle one: a machine that stands still for a moment is none of the inbox's doing.
    expect(tookMs.toSorted((a, b) => a - b)[2]).toBeLessThan(1000);
    await badge().getByText('5').waitFor();
    await browser.visit('/');
    await badge().getByText('5').waitFor();
  });

  test('marks one as read, and all, and another tab sees it', async () => {
    const page = await browser.visit('/avisos');
    const other = await browser.secondTab();
    await browser.visit('/avisos', other);
    await cardOf('AAA1005')
      .getByRole('button', { name: /^Marcar como leído/ })
      .click();
    await cardOf('AAA1005').getByText('Sin leer').waitFor({ state: 'hidden' });
    await badge().getByText('4').waitFor();
    await page.getByRole('button', { name: 'Marcar todo como leído' }).click();
    await badge().waitFor({ state: 'hidden' });
    await cardOf('AAA1001', other).getByText('Sin leer').waitFor({ state: 'hidden' });
    await other.close();
  });

  test('is narrowed to a phase, and the address keeps that', async () => {
    await tellStaff('BBB2001', { phase_id: 'phase-repair', event_type: 'repair_started' });
    const page = await browser.visit('/avisos');
    await cardOf('BBB2001').waitFor();
    await page.getByLabel('Fase').selectOption('phase-repair');
    await cardOf('AAA1001').waitFor({ state: 'hidden' });
    await page.reload();
    await cardOf('BBB2001').waitFor();
    expect(await cardOf('AAA1001').count()).toBe(0);
    await page.getByLabel('Fase').selectOption('phase-delivery');
    await page.getByText('Ningún aviso coincide', { exact: false }).waitFor();
    await page.getByLabel('Fase').selectOption('');
    await page.getByRole('switch', { name: 'Solo los que no he leído' }).press('Space');
    await cardOf('AAA1001').waitFor({ state: 'hidden' });
    await cardOf('BBB2001').waitFor();
  });

  test('leads to the event', async () => {
    const id = await tellStaff('CCC3001');
    await browser.visit('/avisos');
    const link = cardOf('CCC3001').getByRole('link', { name: 'Ver qué se envió' });
    expect(await link.getAttribute('href')).toBe(`/notificaciones/${id}`);
  });

  test('tells of a new notice beside the page, where that is allowed and nobody looks at it', async () => {
    await browser.context.grantPermissions(['notifications'], { origin: system.apiUrl });
    const page = await browser.secondTab();
    const shown: string[][] = [];
    await page.exposeFunction('wasShown', (...what: string[]) => shown.push(what));
    await page.addInitScript(watchNotifications);
    await browser.visit('/avisos', page);
    await page.getByText('Este equipo le avisa').waitFor();
    await page.getByRole('status').getByText('En vivo', { exact: true }).waitFor();
    await tellStaff('EEE5001');
    await cardOf('EEE5001', page).waitFor();
    expect(await page.evaluate('window.newest === undefined')).toBe(true);

    // Every page of a driven browser thinks that it is looked at, until it is told otherwise.
    const devtools = await browser.context.newCDPSession(page);
    await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    await browser.page.bringToFront();
    while (await page.evaluate('document.hasFocus()')) await pause(20);
    const id = await tellStaff('EEE5002');
    while (shown.length === 0) await pause(20);
    const answer = await fetch(`${system.apiUrl}/api/v1/notifications/inbox/`);
    const { results }: NoticePage = JSON.parse(await answer.text());
    const told = results.find((notice) => notice.id === id);
    expect(shown).toEqual([[told?.title_es, told?.text_es, id]]);
    expect(told?.text_es).toContain('EEE5002');
    await page.evaluate(`newest.dispatchEvent(new Event('click'))`);
    await page.waitForURL(`**/notificaciones/${id}`);
    await page.close();
    await browser.context.clearPermissions();
  });

  test('hears of what another API took, and misses nothing while its own is away', async () => {
    await browser.visit('/avisos');
    await live().waitFor();
    const port = await freePort();
    const own: Spawned = system.process('api');
    await system.startApi({ PORT: String(port) });
    const ready = () => answersAt(`http://127.0.0.1:${port}/health/ready`).catch(() => false);
    while (!(await ready())) await pause(50);
    await own.end();
    await browser.page.getByText('Sin conexión en vivo', { exact: false }).waitFor();
    const plates = ['DDD4001', 'DDD4002', 'DDD4003'];
    for (const plate of plates) {
      const person = await addCustomer(system);
      const event = appointmentFor(person, { target: 'staff' });
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/notifications/events/dispatch/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...event, context: { ...Object(event.context), placa: plate } }),
      });
      expect(answer.status).toBe(202);
    }
    await system.startApi();
    await live().waitFor();
    for (const plate of plates) await cardOf(plate).waitFor();
    // The browser itself tells of what it could not reach; that was meant.
    browser.faults.splice(0);
  }, 120_000);

  test('is sound in light and dark, on a phone and on a desk', async () => {
    await browser.visit('/avisos');
    await live().waitFor();
    await cardOf('DDD4003').waitFor();
    await expectSound(browser, 'inbox');
  });
});
