import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor } from '../support/people.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  const id = await system.accept(appointmentFor(await addCustomer(system)));
  await system.waitForState(id, 'sent');
  // In parts: a statement may take no longer than anybody's.
  for (let from = 1; from < 100_000; from += 10_000) {
    for (const statement of multiplied) await system.query(statement, [id, from, from + 9999]);
  }
  await system.query('ANALYZE event, notification, message');
  browser = await ConsoleBrowser.open(system.apiUrl);
  await browser.page.addInitScript(noteLongTasks);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** 100,000 events more like this one, a minute apart, each with a plate of its own. */
const multiplied = [
  `INSERT INTO event SELECT (jsonb_populate_record(e, jsonb_build_object(
     'id', md5('event' || n)::uuid, 'created_at', e.created_at - n * interval '1 minute',
     'context', e.context || jsonb_build_object('Placa', 'LOG-' || n)))).*
   FROM event e, generate_series($2::integer, $3::integer) n WHERE e.id = $1`,
  `INSERT INTO notification SELECT (jsonb_populate_record(o, jsonb_build_object(
     'id', md5('notification' || n)::uuid, 'event_id', md5('event' || n)::uuid,
     'variables', o.variables || jsonb_build_object('Placa', 'LOG-' || n)))).*
   FROM notification o, generate_series($2::integer, $3::integer) n WHERE o.event_id = $1`,
  `INSERT INTO message SELECT (jsonb_populate_record(m, jsonb_build_object(
     'id', md5('message' || n)::uuid, 'notification_id', md5('notification' || n)::uuid,
     'provider_message_id', 'LOG-' || n))).*
   FROM notification o JOIN message m ON m.notification_id = o.id, generate_series($2::integer, $3::integer) n
   WHERE o.event_id = $1`,
];

/** A task of the page that takes longer than 50 ms: nothing moves meanwhile. */
const noteLongTasks = `
  window.longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      window.longestTaskMs = Math.max(window.longestTaskMs, duration);
    }
  }).observe({ type: 'longtask' });
`;

/** Does something, and prints how long that took and for how long the page stood still meanwhile. */
async function timed(what: string, act: () => Promise<unknown>): Promise<void> {
  const { page } = browser;
  await page.evaluate('window.longestTaskMs = 0');
  const startedMs = performance.now();
  await act();
  const tookMs = Math.round(performance.now() - startedMs);
  const stoodMs = Math.round(Number(await page.evaluate('window.longestTaskMs')));
  process.stdout.write(`console: ${what} in ${tookMs} ms, longest task ${stoodMs} ms\n`);
}

describe('the log of 100,000 notices', () => {
  test('opens, scrolls, turns its pages and finds one plate, and says how long each took', async () => {
    const page = await browser.visit('/');
    const ofFirstPage = page.getByRole('cell', { name: 'LOG-1', exact: true });
    await timed('the log opens', async () => {
      await page.getByRole('link', { name: 'Notificaciones' }).click();
      await page.getByText(/^100\.\d{3} avisos$/).waitFor();
      await ofFirstPage.waitFor();
    });
    await timed('it is scrolled to its end', async () => {
      const pages = page.getByRole('navigation', { name: /^Páginas/ });
      await pages.scrollIntoViewIfNeeded();
      await pages.getByRole('button', { name: 'Página siguiente' }).waitFor();
    });
    await timed('the next page comes', async () => {
      await page.getByRole('button', { name: 'Página siguiente' }).click();
      await page.waitForURL(/page=2/);
      await ofFirstPage.waitFor({ state: 'hidden' });
    });
    await timed('one plate is found', async () => {
      await page.getByLabel('Buscar').fill('log 77777');
      await page.getByText('1 aviso', { exact: true }).waitFor();
    });
    expect(await page.getByRole('cell', { name: 'LOG-77777' }).count()).toBe(1);
    expect(browser.faults).toEqual([]);
  });
});
