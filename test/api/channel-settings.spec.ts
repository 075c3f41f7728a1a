import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const north = '0190aaaa-0000-7000-8000-000000000001';
const south = '0190aaaa-0000-7000-8000-000000000002';
const email = {
  host: 'smtp.example.com',
  port: 465,
  security: 'implicit-tls',
  user: 'norte',
  password: 'clave-muy-secreta',
  from_email: 'Taller Norte <norte@example.com>',
};
const whatsapp = {
  api_url: 'https://evolution.example.com',
  instance: 'norte',
  api_key: 'llave-muy-secreta',
};
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'off', SECRET_KEY: 'k'.repeat(32) });
});
afterAll(() => api.close());

const pathOf = (taller: string, rest = '') =>
  `/api/v1/notifications/talleres/${taller}/channels/${rest}`;

async function send(
  method: string,
  path: string,
  body?: unknown,
  on = api,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(on.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const etag = answer.headers.get('etag') ?? '';
  return { status: answer.status, etag, text, body: text === '' ? null : JSON.parse(text) };
}

describe('a workshop’s channel settings', () => {
  test.each(['PUT', 'DELETE'])(
    'let what waits for the sender of before look at the new one at once (%s)',
    async (method) => {
      await api.dataSource.query(
        `INSERT INTO message (id, notification_id, event_type, taller_id, rung, channel, address,
           template_version_id, priority, due_at, held_by)
         SELECT gen_random_uuid(), gen_random_uuid(), 'test', taller, 0, 'email', '{}',
           gen_random_uuid(), 'normal', now() + interval '20 minutes', held_by
         FROM (VALUES ($1::uuid, 'email:house'), ($1, 'email:' || $1), ($2, 'email:house'))
           AS held(taller, held_by)`,
        [north, south],
      );
      if (method === 'DELETE') await send('PUT', pathOf(north, 'email/'), email);
      await send(method, pathOf(north, 'email/'), method === 'PUT' ? email : undefined);
      const rows = await api.dataSource.query(
        `SELECT taller_id, held_by, due_at <= now() AS due FROM message
         ORDER BY taller_id, held_by`,
      );
      expect(rows).toEqual([
        { taller_id: north, held_by: null, due: true },
        { taller_id: north, held_by: null, due: true },
        { taller_id: south, held_by: 'email:house', due: false },
      ]);
      await api.dataSource.query('TRUNCATE message, channel_setting');
    },
  );

  test('are written, told without their secrets, and deleted', async () => {
    expect((await send('GET', pathOf(north))).body).toEqual({ email: null, whatsapp: null });
    const put = await send('PUT', pathOf(north, 'email/'), email);
    const { password: _, ...told } = email;
    expect(put).toMatchObject({ status: 200, body: { ...told, password_set: true } });
    await send('PUT', pathOf(north, 'whatsapp/'), whatsapp);
    const all = await send('GET', pathOf(north));
    expect(all.body).toMatchObject({
      email: told,
      whatsapp: { instance: 'norte', api_key_set: true },
    });
    expect(all.text + put.text).not.toMatch(/muy-secreta/);
    expect((await send('DELETE', pathOf(north, 'email/'))).status).toBe(204);
    expect((await send('DELETE', pathOf(north, 'email/'))).status).toBe(404);
    expect((await send('GET', pathOf(north))).body.email).toBeNull();
  });

  test('of two who change them at once the second is told, even where there were none', async () => {
    const center = { name: 'Taller Centro', slug: 'taller-centro' };
    const { id } = (await send('POST', '/api/v1/notifications/talleres/', center)).body;
    const asSeen = (etag: string, method: string, rest: string, body?: object) =>
      send(method, pathOf(id, rest), body, api, { 'if-match': etag });
    const none = await send('GET', pathOf(id));
    expect(none.body).toEqual({ email: null, whatsapp: null });
    const both = await Promise.all([
      asSeen(none.etag, 'PUT', 'email/', email),
      asSeen(none.etag, 'PUT', 'whatsapp/', whatsapp),
    ]);
    const [first, second] = both.sort((one, other) => one.status - other.status);
    expect([first?.status, second?.status]).toEqual([200, 412]);
    expect(second?.body.code).toBe('changed_meanwhile');
    const now = await send('GET', pathOf(id));
    expect(now.etag).toBe(first?.etag);
    const channel = now.body.email ? 'email/' : 'whatsapp/';
    expect((await asSeen(none.etag, 'DELETE', channel)).status).toBe(412);
    expect((await asSeen(now.etag, 'DELETE', channel)).status).toBe(204);
    expect((await send('GET', pathOf(id))).etag).toBe(none.etag);
  });

  test('keep their secret when it is left out, and lose it for null', async () => {
    await send('PUT', pathOf(south, 'email/'), email);
    const { password: _, ...rest } = email;
    const kept = await send('PUT', pathOf(south, 'email/'), { ...rest, port: 587 });
    expect(kept.body).toMatchObject({ port: 587, password_set: true });
    const gone = await send('PUT', pathOf(south, 'email/'), { ...rest, password: null });
    expect(gone.body.password_set).toBe(false);
  });

  test('give a kept secret to no other server than the one it was written for', async () => {
    await send('PUT', pathOf(south, 'email/'), email);
    await send('PUT', pathOf(south, 'whatsapp/'), whatsapp);
    const before = (await send('GET', pathOf(south))).body;
    const [{ password: _, ...mail }, { api_key: __, ...line }] = [email, whatsapp];
    const mailElsewhere = { ...mail, host: 'smtp.evil.example' };
    for (const [channel, body, member] of [
      ['email', mailElsewhere, 'password'],
      ['whatsapp', { ...line, api_url: 'https://evolution.evil.example' }, 'api_key'],
      ['whatsapp', { ...line, api_url: 'http://evolution.example.com' }, 'api_key'],
    ] as const) {
      const answer = await send('PUT', pathOf(south, `${channel}/`), body);
      expect([answer.status, Object.keys(answer.body.errors)]).toEqual([400, [member]]);
    }
    expect((await send('GET', pathOf(south))).body).toEqual(before);
    for (const password of ['otra-muy-secreta', null]) {
      const moved = await send('PUT', pathOf(south, 'email/'), { ...mailElsewhere, password });
      expect(moved.status).toBe(200);
    }
    expect((await send('PUT', pathOf(south, 'email/'), mail)).status).toBe(200);
  });

  test('stand in no table in clear, nor in the audit trail, which says that they were set', async () => {
    await send('PUT', pathOf(south, 'email/'), email);
    await send('PUT', pathOf(south, 'whatsapp/'), whatsapp);
    const [{ everything }] = await api.dataSource.query(
      `SELECT (SELECT string_agg(c::text, '') FROM channel_setting c)
         || (SELECT string_agg(a::text, '') FROM audit_entry a) AS everything`,
    );
    expect(everything).not.toMatch(/muy-secreta/);
    const [entry] = await api.dataSource.query(
      `SELECT action, taller_id, changes -> 'sealed' AS sealed FROM audit_entry
       WHERE resource = 'channel_setting' AND resource_id = $1`,
      [`${south}/whatsapp`],
    );
    expect(entry).toEqual({ action: 'created', taller_id: south, sealed: ['not set', 'set'] });
  });

  test.each([
    ['email/', { ...email, port: 0 }, 'port'],
    ['email/', { ...email, security: 'maybe' }, 'security'],
    ['email/', { ...email, host: 'has space' }, 'host'],
    ['email/', { ...email, from_email: 'Norte\r\nBcc: x@example.com' }, 'from_email'],
    ['whatsapp/', { ...whatsapp, api_url: 'ftp://example.com' }, 'api_url'],
    ['whatsapp/', { ...whatsapp, instance: '../admin' }, 'instance'],
    ['whatsapp/', { ...whatsapp, surprise: 1 }, 'surprise'],
  ])('400 for %s %j names %s', async (rest, body, field) => {
    const answer = await send('PUT', pathOf(north, rest), body);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([400, [field]]);
  });

  test('400 for a WhatsApp line without a key, 404 for a workshop that there is not', async () => {
    const { api_key: _, ...keyless } = whatsapp;
    await send('DELETE', pathOf(north, 'whatsapp/'));
    const answer = await send('PUT', pathOf(north, 'whatsapp/'), keyless);
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([400, ['api_key']]);
    const nowhere = '0190ffff-0000-7000-8000-000000000000';
    expect((await send('PUT', pathOf(nowhere, 'email/'), email)).status).toBe(404);
    expect((await send('GET', pathOf(nowhere))).status).toBe(404);
  });

  test('are tried out without sending, and the answer says what is wrong', async () => {
    const nobody = { ...email, host: '127.0.0.1', port: 1, security: 'none' };
    await send('PUT', pathOf(north, 'email/'), nobody);
    const { status, body } = await send('POST', pathOf(north, 'email/test/'));
    expect({ status, body }).toEqual({
      status: 200,
      body: { healthy: false, detail: expect.stringContaining('ECONNREFUSED') },
    });
    await send('DELETE', pathOf(north, 'email/'));
    expect((await send('POST', pathOf(north, 'email/test/'))).status).toBe(404);
  });

  test('two who make the first settings at once both succeed, one after the other', async () => {
    await send('DELETE', pathOf(north, 'email/'));
    const both = await Promise.all([
      send('PUT', pathOf(north, 'email/'), email),
      send('PUT', pathOf(north, 'email/'), { ...email, port: 587 }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });
});

test('without SECRET_KEY a secret is refused with the way out; without a secret all is well', async () => {
  const keyless = await startTestApi();
  try {
    const refused = await send('PUT', pathOf(north, 'email/'), email, keyless);
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('SECRET_KEY') },
    });
    const { password: _, ...open } = email;
    expect((await send('PUT', pathOf(north, 'email/'), open, keyless)).status).toBe(200);
  } finally {
    await keyless.close();
  }
});

test('a workshop’s own administrator reads its settings, writes none, and sees no other’s', async () => {
  const strict = await startTestApi({ SECRET_KEY: 'k'.repeat(32) });
  try {
    const admin = { name: 'norte', scopes: ['admin'], tallerId: north } as const;
    const { key } = await createApiKey(strict.dataSource, admin);
    const own = { 'x-api-key': key };
    expect((await send('GET', pathOf(north), undefined, strict, own)).status).toBe(200);
    expect((await send('GET', pathOf(south), undefined, strict, own)).status).toBe(404);
    expect((await send('PUT', pathOf(north, 'email/'), email, strict, own)).status).toBe(403);
  } finally {
    await strict.close();
  }
});
