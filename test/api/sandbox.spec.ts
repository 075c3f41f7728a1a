import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  SandboxMessageDetail,
  SandboxMessagePage,
  SandboxView,
} from '#contracts/http/sandbox.dto.js';
import type { Sandbox } from '../../apps/sandbox/src/start-sandbox.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId } from './resources/resource-case.js';
import { openSandbox, sendMail } from './sandbox-with-mail.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/sandbox/';
let sandbox: Sandbox;
let api: TestApi;
let admin: JsonCaller;

beforeAll(async () => {
  sandbox = await openSandbox();
  api = await startTestApi({ API_AUTH: 'keys', SANDBOX_CONTROL_URL: sandbox.httpUrl });
  ({ call: admin } = await callerWithKey(api, ['admin'], null));
});
afterAll(async () => {
  await api.close();
  await sandbox.close();
});

describe('the sandbox, seen through the API', () => {
  test('tells what arrived, the newest first, with the event that it tells of', async () => {
    const { body: receipt } = await admin<{ event_id: string }>(
      'POST',
      dispatchPath,
      exampleEvent(),
    );
    const [{ id }] = await api.dataSource.query(
      `SELECT m.id FROM message m JOIN notification n ON n.id = m.notification_id
       WHERE n.event_id = $1 LIMIT 1`,
      [receipt.event_id],
    );
    await sendMail(sandbox, { to: 'ajeno@example.com', subject: 'Uno' });
    await sendMail(sandbox, {
      to: 'carlos@example.com',
      subject: 'Dos',
      messageId: `<${id}@example.com>`,
    });
    const { body } = await admin<SandboxMessagePage>('GET', `${path}messages/?page_size=1`);
    expect(body).toMatchObject({ count: 2, results: [{ subject: 'Dos', has_html: true }] });
    expect(body.results[0]?.event_id).toBe(receipt.event_id);
    const second = await admin<SandboxMessagePage>('GET', `${path}messages/?page_size=1&page=2`);
    expect(second.body.results).toMatchObject([{ subject: 'Uno', event_id: null }]);
  });

  test('finds by recipient, by channel and by what a message says', async () => {
    const subjects = async (query: string) => {
      const { body } = await admin<SandboxMessagePage>('GET', `${path}messages/?${query}`);
      return body.results.map(({ subject }) => subject);
    };
    expect(await subjects('to=ajeno')).toEqual(['Uno']);
    expect(await subjects('search=dos')).toEqual(['Dos']);
    expect(await subjects('channel=whatsapp')).toEqual([]);
  });

  test('tells one message with its HTML and headers, and none that is not kept', async () => {
    const { body } = await admin<SandboxMessageDetail>('GET', `${path}messages/1/`);
    expect(body).toMatchObject({ id: 1, html: '<p>Su cita está <b>lista</b>.</p>\n' });
    expect(body.headers.from).toBe('avisos@example.com');
    for (const unknown of ['99', '0', 'uno']) {
      expect((await admin('GET', `${path}messages/${unknown}/`)).status).toBe(404);
    }
  });

  test('makes a channel fail, and lets it work again', async () => {
    const fault = { channel: 'whatsapp', kind: 'unavailable', to: null, times: null };
    const { status, body } = await admin<SandboxView>('PUT', `${path}faults/`, fault);
    expect([status, body.faults]).toEqual([200, [fault]]);
    await admin('PUT', `${path}faults/`, { channel: 'email', kind: 'full', times: 2 });
    expect((await admin('DELETE', `${path}faults/?channel=whatsapp`)).status).toBe(204);
    expect((await admin<SandboxView>('GET', path)).body.faults).toEqual([
      { channel: 'email', kind: 'full', to: null, times: 2 },
    ]);
  });

  test('forgets what arrived, and goes on counting', async () => {
    expect((await admin('DELETE', `${path}messages/`)).status).toBe(204);
    const { body } = await admin<SandboxView>('GET', path);
    expect(body).toMatchObject({ kept: 0, arrived: { email: 2, whatsapp: 0, push: 0 } });
  });

  test('is for administrators of all workshops', async () => {
    const { call: north } = await callerWithKey(api, ['admin'], northId);
    const { call: reader } = await callerWithKey(api, ['read'], null);
    expect((await north('GET', path)).status).toBe(403);
    expect((await reader('GET', path)).status).toBe(403);
  });

  test('is a 503 when it does not answer', async () => {
    const gone = await openSandbox();
    const other = await startTestApi({ API_AUTH: 'off', SANDBOX_CONTROL_URL: gone.httpUrl });
    try {
      await gone.close();
      expect((await fetch(`${other.url}${path}`)).status).toBe(503);
    } finally {
      await other.close();
    }
  });

  test('is not there where messages leave for real', async () => {
    const bare = await startTestApi();
    try {
      expect((await fetch(`${bare.url}${path}`)).status).toBe(404);
    } finally {
      await bare.close();
    }
  });
});
