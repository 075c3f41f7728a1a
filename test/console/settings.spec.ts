import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '#infrastructure/testing/free-port.js';
import { System } from '../support/system.js';
import { ConsoleBrowser } from './support/console-browser.js';
import { expectSound } from './support/expect-sound.js';
import { forgetRefusals } from './support/forget-refusals.js';

const taller = '0190aaaa-0000-7000-8000-000000000001';
let system: System;
let browser: ConsoleBrowser;
beforeAll(async () => {
  system = await System.start();
  await system.query(
    `INSERT INTO taller (id, slug, name) VALUES ($1, 'taller-norte', 'Taller Norte')`,
    [taller],
  );
  browser = await ConsoleBrowser.open(system.apiUrl);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('talleres', () => {
  test('a new one is made with its hours and holidays, and a refusal keeps what was typed', async () => {
    const page = await browser.visit('/ajustes');
    await page.getByRole('button', { name: 'Nuevo taller' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Nombre', { exact: false }).first().fill('Taller Sur');
    await form.getByLabel('Nombre corto').fill('Taller Sur');
    await form.getByRole('button', { name: 'Guardar' }).click();
    await form.getByRole('alert').waitFor();
    expect(await form.getByLabel('Nombre corto').inputValue()).toBe('Taller Sur');
    await form.getByLabel('Nombre corto').fill('taller-sur');
    await form.getByLabel('Día del feriado').fill('2026-12-24');
    await form.getByRole('button', { name: 'Agregar feriado' }).click();
    await form.getByLabel('Hasta').fill('07:00');
    await form.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('article', { name: 'Taller Sur' }).getByText('de 20:00 a 07:00').waitFor();
    forgetRefusals(browser, 400, 412);
    await expectSound(browser, 'settings-talleres');
  });

  test('who edits what another has changed meanwhile is told, and overwrites nothing', async () => {
    const page = await browser.visit('/ajustes');
    await page.getByRole('button', { name: 'Editar Taller Norte' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Nombre', { exact: false }).first().fill('Taller Mío');
    await system.query(
      `UPDATE taller SET name = 'Taller Ajeno', updated_at = now() WHERE id = $1`,
      [taller],
    );
    await form.getByRole('button', { name: 'Guardar' }).click();
    await form.getByText('Alguien lo cambió mientras usted escribía').waitFor();
    await form.getByRole('button', { name: 'Descartar lo mío y ver lo nuevo' }).click();
    await page.getByRole('dialog', { name: 'Taller Ajeno' }).waitFor();
    forgetRefusals(browser, 400, 412);
  });
});

describe('channels', () => {
  test('those of the service are seen without their secrets, and tried against the sandbox', async () => {
    const page = await browser.visit('/ajustes?ver=canales');
    for (const channel of ['Correo', 'WhatsApp', 'Push']) {
      const card = page.getByRole('region', { name: channel });
      await card.getByRole('button', { name: `Probar ${channel}` }).click();
      await card.getByText('Funciona', { exact: true }).waitFor();
    }
    await expectSound(browser, 'settings-channels');
  });

  test("a taller's own mail server is set, tried, and its password never read back", async () => {
    const page = await browser.visit(`/ajustes?ver=canales&taller=${taller}`);
    const mail = page.getByRole('region', { name: 'Correo' });
    const { host, port } = await mailServer();
    await mail.getByLabel('Servidor SMTP').fill(host);
    await mail.getByLabel('Puerto').fill(port);
    await mail.getByLabel('Cifrado').selectOption('Ninguno');
    await mail.getByLabel('Contraseña').first().fill('una clave');
    await mail.getByLabel('Remitente que ven las personas').fill('norte@example.com');
    await mail.getByRole('button', { name: 'Guardar Correo' }).click();
    await mail.getByText('Guardada. Escriba otra solo para cambiarla.').waitFor();
    expect(await mail.getByLabel('Contraseña').first().inputValue()).toBe('');
    await mail.getByRole('button', { name: 'Probar Correo' }).click();
    await mail.getByText('Funciona', { exact: true }).waitFor();
    await expectSound(browser, 'settings-own-channels');
    await mail.getByRole('button', { name: 'Volver a la del servicio' }).click();
    await page.getByRole('button', { name: 'Sí, volver' }).click();
    await mail.getByText('Usa la salida del servicio').waitFor();
  });

  test('of two who set a sender at once the second is told, and begins from what is there', async () => {
    const page = await browser.visit(`/ajustes?ver=canales&taller=${taller}`);
    const line = page.getByRole('region', { name: 'WhatsApp' });
    await line.getByLabel('Línea').fill('mía');
    const answer = await fetch(
      `${system.apiUrl}/api/v1/notifications/talleres/${taller}/channels/whatsapp/`,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          api_url: 'https://evolution.example.com',
          instance: 'suya',
          api_key: 'llave',
        }),
      },
    );
    expect(answer.status).toBe(200);
    await line.getByLabel('Dirección de Evolution API').fill('https://otra.example.com');
    await line.getByLabel('Clave de Evolution API').first().fill('otra');
    await line.getByRole('button', { name: 'Guardar WhatsApp' }).click();
    const told = line.getByRole('alert').filter({ hasText: 'Alguien lo cambió' });
    await told.waitFor();
    expect(await line.getByLabel('Línea').inputValue()).toBe('mía');
    forgetRefusals(browser, 400, 412);
    await expectSound(browser, 'settings-channel-overtaken');
    await told.getByRole('button', { name: 'Descartar lo mío y ver lo nuevo' }).click();
    await told.waitFor({ state: 'hidden' });
    expect(await line.getByLabel('Línea').inputValue()).toBe('suya');
    await line.getByLabel('Línea').fill('nuestra');
    await line.getByRole('button', { name: 'Guardar WhatsApp' }).click();
    await page.getByText('Guardado.', { exact: true }).waitFor();
    await page.reload();
    expect(await line.getByLabel('Línea').inputValue()).toBe('nuestra');
  });
});

test('a person of the staff follows the phases that are marked', async () => {
  const page = await browser.visit('/ajustes?ver=personal');
  await page.getByRole('button', { name: 'Nueva persona' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Nombre').fill('Verónica Almeida');
  await form.getByLabel('Correo').fill('veronica@example.com');
  await form.getByLabel('Recepción').check();
  await form.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('row', { name: /Verónica Almeida.*Recepción/ }).waitFor();
  await expectSound(browser, 'settings-staff');
});

test('an API key is shown once, opens the door, and is out when it is revoked', async () => {
  // The console's own API asks for nothing here; another process of the same service does.
  const port = await freePort();
  const door = `http://127.0.0.1:${port}/api/v1/notifications/events/`;
  await system.startApi({ API_AUTH: 'keys', PORT: String(port) });
  const page = await browser.visit('/ajustes?ver=claves');
  await page.getByRole('button', { name: 'Nueva clave' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Quién la usa').fill('Sistema del taller');
  await form.getByLabel('Consultar').check();
  await form.getByRole('button', { name: 'Crear la clave' }).click();
  const key = (await form.getByText(/^amb_live_/).textContent()) ?? '';
  await expectSound(browser, 'settings-key-made');
  await form.getByRole('button', { name: 'Ya la guardé' }).click();
  await page.getByRole('row', { name: /Sistema del taller/ }).waitFor();
  expect(await page.content()).not.toContain(key);
  await answers(door, key, 200);
  await page.getByRole('button', { name: 'Revocar la clave Sistema del taller' }).click();
  await page.getByRole('button', { name: 'Sí, revocar' }).click();
  await page.getByRole('row', { name: /Sistema del taller.*Revocada/ }).waitFor();
  const revokedMs = performance.now();
  await answers(door, key, 401);
  expect(performance.now() - revokedMs).toBeLessThan(15_000);
}, 120_000);

test('the clock tells in words what it does and when', async () => {
  const page = await browser.visit('/ajustes?ver=horarios');
  const reminders = page.getByRole('article', { name: /Recordar mantenimientos/ });
  await reminders.getByText('Todos los días a las 08:00').waitFor();
  expect(await reminders.getByRole('listitem').count()).toBe(3);
  await page.getByText('Cada 15 minutos').waitFor();
  await expectSound(browser, 'settings-schedules');
});

test('what was changed stands there with what it said before', async () => {
  const page = await browser.visit('/ajustes?ver=cambios&recurso=taller');
  const entry = page.getByRole('article').filter({ hasText: 'Creó: Taller' });
  await entry.getByText(/^Ver \d+ datos$/).click();
  await entry.getByRole('cell', { name: 'Taller Sur', exact: true }).waitFor();
  await expectSound(browser, 'settings-audit');
  await page.getByLabel('Qué se hizo').selectOption('Eliminó');
  await page.getByText('No hay cambios con esos filtros.').waitFor();
});

test('administrators are told of Evolution API', async () => {
  const page = await browser.visit('/ajustes?ver=acerca');
  await page.getByText('Este sistema utiliza Evolution API').waitFor();
  await expectSound(browser, 'settings-about');
});

/** Waits until a door answers a key so. */
async function answers(door: string, key: string, wanted: number): Promise<void> {
  const givesUpAt = performance.now() + 30_000;
  for (;;) {
    const answer = await fetch(door, { headers: { 'x-api-key': key } }).catch(() => null);
    if (answer?.status === wanted) return;
    if (performance.now() > givesUpAt) throw new Error(`never ${wanted}, but ${answer?.status}`);
    await pause(100);
  }
}

/** Where the service's own mail goes: the sandbox takes the taller's as well. */
async function mailServer(): Promise<{ host: string; port: string }> {
  const answer = await fetch(`${system.apiUrl}/api/v1/notifications/channels/`);
  const { email }: { email: { host: string; port: number } } = JSON.parse(await answer.text());
  return { host: email.host, port: String(email.port) };
}
