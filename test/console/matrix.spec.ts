import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { OrchestrationPage, OrchestrationView } from '#contracts/http/orchestration.dto.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';

let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  await system.query(
    `INSERT INTO taller (id, slug, name) VALUES (gen_random_uuid(), 'norte', 'Taller Norte'),
       (gen_random_uuid(), 'sur', 'Taller Sur')`,
  );
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const whatsappInRepair = /^WhatsApp, Reparación:/;
const general = '/matriz?service_type=averia-revision';
const north = '/matriz?service_type=mantenimiento-preventivo&taller=norte';

async function configurationOf(query: string): Promise<OrchestrationView | undefined> {
  const path = `/api/v1/notifications/orchestration/?${query}`;
  const answer = await fetch(`${system.apiUrl}${path}`);
  const page: OrchestrationPage = JSON.parse(await answer.text());
  return page.results[0];
}

const switchOf = (page: Page, name: RegExp) => page.getByRole('switch', { name });
const toggle = (page: Page, name: RegExp) => switchOf(page, name).press('Space');
const count = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();
const save = (page: Page) => page.getByRole('button', { name: 'Guardar', exact: true }).click();

describe('the matrix', () => {
  test('is sound in light and dark, on a phone and on a desk', async () => {
    const page = await browser.visit(general);
    await switchOf(page, /^WhatsApp, Agendar Cita: Encendido/).waitFor();
    await expectSound(browser, 'matrix');
  }, 180_000);

  test('is moved through with arrows and switched with space', async () => {
    const page = await browser.visit(general);
    await switchOf(page, /^Correo, Agendar Cita/).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await switchOf(page, /^WhatsApp, Reparación: Apagado/).waitFor();
    await count(page, '1 cambio sin guardar');
    await page.keyboard.press('Space');
    await count(page, 'Sin cambios');
  });

  test('counts what was changed, and takes it back one by one or all at once', async () => {
    const page = await browser.visit(general);
    await toggle(page, /^Correo, Recepción/);
    // With the mouse, wherever that hits it.
    await switchOf(page, whatsappInRepair).click({ force: true });
    await count(page, '2 cambios sin guardar');
    await page.getByRole('button', { name: /^Deshacer Correo, Recepción/ }).click();
    await count(page, '1 cambio sin guardar');
    await switchOf(page, /^Correo, Recepción: Encendido/).waitFor();
    await page.getByRole('button', { name: 'Deshacer todo' }).click();
    await count(page, 'Sin cambios');
  });

  test('asks before changes are left behind, and keeps them for whoever stays', async () => {
    const page = await browser.visit(general);
    await toggle(page, whatsappInRepair);
    await page.getByRole('link', { name: 'Panel' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
    await dialog.getByRole('button', { name: 'Quedarme' }).click();
    await count(page, '1 cambio sin guardar');
    await page.getByRole('link', { name: 'Panel' }).click();
    await dialog.getByRole('button', { name: 'Salir sin guardar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Panel' }).waitFor();
  });

  test('gives a workshop its own, which is a copy that may differ', async () => {
    const page = await browser.visit(north);
    await page.getByText('Taller Norte usa la matriz general').waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
    await page.getByRole('button', { name: 'Dar una matriz propia' }).click();
    await page.getByText('Matriz propia de Taller Norte').waitFor();
    await toggle(page, whatsappInRepair);
    await page.getByText('Distinto de la general').waitFor();
    await save(page);
    await count(page, 'Sin cambios');
    const own = await configurationOf(
      'service_type_id=mantenimiento-preventivo&target=clients&taller_id=norte',
    );
    const other = await configurationOf(
      'service_type_id=mantenimiento-preventivo&target=clients&taller_id=null',
    );
    const off = own?.matrix.filter(({ enabled }) => !enabled) ?? [];
    expect(off).toMatchObject([{ channel: 'whatsapp' }]);
    expect(own?.matrix).toHaveLength(15);
    expect(other?.matrix.every(({ enabled }) => enabled)).toBe(true);
    await page.getByText('WhatsApp, Reparación: estado: encendido → apagado').waitFor();
    await toggle(page, /^Correo, Entrega/);
    await expectSound(browser, 'matrix-own');
    await page.getByRole('button', { name: 'Deshacer todo' }).click();
  }, 180_000);

  test('sets a cell’s order and when the next channel starts, and tells both in its history', async () => {
    const page = await browser.visit('/matriz?service_type=avaluo-mg&target=staff');
    await page.getByRole('button', { name: 'Opciones de Correo, Entrega' }).click();
    const options = page.getByRole('dialog', { name: 'Correo, Entrega' });
    await options.getByLabel('Pasar al siguiente canal después de (minutos)').fill('45');
    await options.getByLabel('Salvo que antes').selectOption('delivered');
    await expectSound(browser, 'matrix-options');
    await options.getByRole('button', { name: 'Cerrar' }).click();
    await save(page);
    await page.getByText('Sigue tras 45 min, salvo que haya llegado').waitFor();
    await page
      .getByText(
        'Correo, Entrega: minutos hasta el siguiente: nada → 45; salvo que: haya salido → haya llegado',
      )
      .waitFor();
  }, 180_000);

  test('fills the cells that are missing', async () => {
    await system.query(
      `DELETE FROM matrix_cell USING orchestration_config AS config, phase, service_type
       WHERE config.id = config_id AND phase.id = phase_id AND phase.slug = 'phase-delivery'
         AND service_type.id = service_type_id AND service_type.slug = 'colision-pintura'`,
    );
    const page = await browser.visit('/matriz?service_type=colision-pintura');
    await page.getByText('Faltan 3 casillas').waitFor();
    await page.getByRole('button', { name: 'Llenar lo que falta' }).click();
    await page.getByText('Faltan 3 casillas').waitFor({ state: 'hidden' });
    await switchOf(page, /^Notificación push, Entrega: Encendido/).waitFor();
  });

  test('marks a cell without a template, and leads to writing one', async () => {
    await system.query(
      `UPDATE template SET is_active = false FROM phase, service_type
       WHERE phase.id = phase_id AND phase.slug = 'phase-quality' AND channel = 'push'
         AND service_type.id = service_type_id AND service_type.slug = 'avaluo-comercial'`,
    );
    const page = await browser.visit('/matriz?service_type=avaluo-comercial');
    const link = page.getByRole('link', { name: /^Sin plantilla/ });
    expect(await link.getAttribute('href')).toBe(
      '/plantillas/nueva?channel=push&phase=phase-quality&service_type=avaluo-comercial&target=clients',
    );
  });
});

describe('two people at one matrix', () => {
  test('the second is told what the first saved, and loses nothing of his own', async () => {
    const first = await browser.secondTab();
    const second = await browser.visit('/matriz?service_type=avaluo-mg');
    await browser.visit('/matriz?service_type=avaluo-mg', first);
    await toggle(second, whatsappInRepair);
    await toggle(second, /^Correo, Recepción/);
    await toggle(first, whatsappInRepair);
    await first.getByRole('button', { name: 'Opciones de WhatsApp, Reparación' }).click();
    await first.getByRole('dialog').getByLabel('Orden').fill('7');
    await first.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click();
    await toggle(first, /^Notificación push, Entrega/);
    await save(first);
    await count(first, 'Sin cambios');
    await first.close();

    await save(second);
    const dialog = second.getByRole('dialog', { name: /^Alguien guardó esta matriz/ });
    await dialog.getByText('Notificación push, Entrega: estado: encendido → apagado').waitFor();
    await dialog.getByText('Los dos cambiaron esta casilla').waitFor();
    expect(browser.faults.splice(0)).toEqual([
      'console: Failed to load resource: the server responded with a status of 412 (Precondition Failed)',
    ]);
    await expectSound(browser, 'matrix-conflict');
    await dialog.getByRole('button', { name: 'Poner lo mío sobre lo nuevo' }).click();
    await count(second, '2 cambios sin guardar');
    await switchOf(second, /^Notificación push, Entrega: Apagado/).waitFor();
    await save(second);
    await count(second, 'Sin cambios');
    const now = await configurationOf('service_type_id=avaluo-mg&target=clients&taller_id=null');
    const off = now?.matrix.filter(({ enabled }) => !enabled).map(({ channel }) => channel);
    expect(off?.sort()).toEqual(['email', 'push', 'whatsapp']);
  }, 180_000);
});

test('nothing went wrong in the browser on the way', () => {
  expect(browser.faults).toEqual([]);
});
