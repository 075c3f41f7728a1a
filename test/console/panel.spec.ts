import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { afterSigns, closedBreaker } from '#domain/delivery/breaker.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { addCustomer, appointmentFor } from '../support/people.js';
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

const figure = (name: string) => browser.page.getByRole('article', { name });

describe('the panel', () => {
  test('of a service that has sent nothing says so, and that all is well', async () => {
    const page = await browser.visit('/');
    await page.getByText('Todo bien: nada necesita que alguien lo mire.').waitFor();
    await page.getByText('En este período no salió ningún mensaje.').waitFor();
    await figure('Enviados').getByText('0', { exact: true }).waitFor();
    await expectSound(browser, 'panel-empty');
  });

  test('counts what leaves while somebody looks at it', async () => {
    const page = await browser.visit('/');
    for (let count = 0; count < 3; count += 1) {
      const id = await system.accept(appointmentFor(await addCustomer(system)));
      await system.waitForState(id, 'sent');
    }
    await figure('Enviados').getByText('3', { exact: true }).waitFor();
    await figure('Tiempo de entrega')
      .getByText(/ (?:ms|s)$/)
      .waitFor();
    await page.getByText('Ver como tabla').click();
    const today = page
      .getByRole('region', { name: 'Mensajes por canal y día' })
      .getByRole('row')
      .last();
    await today.getByRole('cell', { name: '3', exact: true }).waitFor();
    const health = page.getByRole('region', { name: 'Canales, ahora' });
    await health.getByText('3 mensajes en 24 horas').waitFor({ timeout: 40_000 });
  });

  test('tells how the figures moved against the period before', async () => {
    await system.query(`UPDATE message SET created_at = created_at - interval '8 days'
      WHERE id = (SELECT id FROM message ORDER BY id LIMIT 1)`);
    await browser.visit('/');
    await figure('Enviados').getByText('100 % más que en el período anterior').waitFor();
    await browser.page.getByText('30 días').click();
    await figure('Enviados').getByText('3', { exact: true }).waitFor();
    expect(browser.page.url()).toContain('days=30');
  });

  test('draws a bar that can be seen for each channel of a day, on a phone and of ninety days, too', async () => {
    const { page } = browser;
    await page.setViewportSize({ width: 390, height: 844 });
    await browser.visit('/?days=90');
    const days = page.locator('.volume-days > div');
    expect(await days.count()).toBe(90);
    expect(await days.last().getAttribute('title')).toMatch(/: .*WhatsApp 2/);
    const bar = await days.last().locator('[data-channel="whatsapp"]').boundingBox();
    expect(bar?.width).toBeGreaterThanOrEqual(1);
    expect(bar?.height).toBeGreaterThan(20);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('leads to what needs a hand', async () => {
    const person = await addCustomer(system, { channels: ['email'] });
    await system.sandbox.fault({ channel: 'email', to: person.email, kind: 'refuse_message' });
    await system.waitForState(await system.accept(appointmentFor(person)), 'failed');
    await system.query(
      `INSERT INTO provider_account (account, channel, state, memory)
       VALUES ('whatsapp:house', 'whatsapp', 'open', $1)
       ON CONFLICT (account) DO UPDATE SET state = 'open', memory = $1`,
      [
        JSON.stringify({
          ...freshAccount,
          breaker: afterSigns(closedBreaker, 'silent', Date.now()),
        }),
      ],
    );
    await system.query(
      `UPDATE template SET is_active = false WHERE channel = 'push' AND target = 'clients'
         AND phase_id = (SELECT id FROM phase WHERE slug = 'phase-repair') AND event_type IS NULL`,
    );
    const page = await browser.visit('/');
    const attention = page.getByRole('region', { name: 'Necesita atención' });
    const link = (text: RegExp) => attention.getByRole('link', { name: text });
    expect(
      await link(/1 aviso no se pudo entregar: el proveedor los rechazó/).getAttribute('href'),
    ).toContain('/colas?causa=refused_for_good');
    expect(
      await link(/la línea acepta mensajes, pero no llega ninguno/).getAttribute('href'),
    ).toContain('/ajustes?ver=canales');
    expect(
      await link(
        /Mantenimiento Preventivo, Reparación: Notificación push está encendido/,
      ).getAttribute('href'),
    ).toContain('/plantillas/nueva?channel=push');
    await expectSound(browser, 'panel');
  });

  test('says that the service is away, keeps what it knew, and tries again', async () => {
    const page = await browser.visit('/');
    await page.route('**/api/v1/analytics/attention/**', (route) => route.abort());
    await system.query('UPDATE template SET is_active = is_active');
    const attention = page.getByRole('region', { name: 'Necesita atención' });
    await attention.getByText('Sin conexión con el servicio').waitFor({ timeout: 40_000 });
    await attention.getByText(/1 aviso no se pudo entregar/).waitFor();
    await page.unroute('**/api/v1/analytics/attention/**');
    await attention.getByRole('button', { name: 'Reintentar' }).click();
    await attention.getByText('Sin conexión con el servicio').waitFor({ state: 'detached' });
  });
});
