import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

let api: TestApi;
let eventId: string;
const events = '/api/v1/notifications/events/';
const exampleContext = Object(exampleEvent().context);
const vapidKey = `B${'A'.repeat(86)}`;

beforeAll(async () => {
  api = await startTestApi({
    API_AUTH: 'off',
    VAPID_PUBLIC_KEY: vapidKey,
    VAPID_PRIVATE_KEY: 'A'.repeat(43),
    VAPID_CONTACT_EMAIL: 'avisos@example.com',
  });
  await api.dataSource.query(`INSERT INTO taller (id, slug, name, is_active)
    VALUES (gen_random_uuid(), 'taller-cerrado', 'Taller Cerrado', false)`);
  for (const change of [{}, { business_key: 'OT-2026-001' }, { event_type: 'vehicle_ready' }]) {
    const context = { ...exampleContext, ...(change.business_key ? { orden: 'OP 77-1' } : {}) };
    const answer = await post(`${api.url}${dispatchPath}`, exampleEvent({ context, ...change }));
    eventId = (await bodyOf<DispatchReceipt>(answer)).event_id;
  }
});
afterAll(() => api.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(new URL(path, api.url), { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
};

describe('GET events', () => {
  test('200 pages from the newest on, with links to the neighbours', async () => {
    const first = await get(`${events}?page_size=2`);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ count: 3, previous: null });
    expect(first.body.results.map(({ id }: { id: string }) => id)[0]).toBe(eventId);
    expect(first.body.next).toBe(`${api.url}${events}?page_size=2&page=2`);
    const second = await get(first.body.next);
    const previous = `${api.url}${events}?page_size=2&page=1`;
    expect(second.body).toMatchObject({ next: null, previous });
    expect(second.body.results).toHaveLength(1);
  });

  test.each([
    ['event_type=vehicle_ready', 1],
    ['customer_id=customer-001', 3],
    ['customer_id=nobody', 0],
    ['phase_id=phase-schedule&target=clients', 3],
    ['service_type_id=averia-revision', 0],
    ['taller_id=null', 3],
    ['taller_id=taller-norte', 0],
    ['taller_id=taller-cerrado', 0],
    ['state=in_progress', 3],
    ['state=failed', 0],
    ['search=ot-2026', 1],
    ['search=OT%202026', 1],
    ['search=2026', 0],
    ['search=abc-1', 3],
    ['search=ABC%20123', 3],
    ['search=abd', 0],
    ['search=op-77', 1],
    ['search=carlos.mendoza%40example', 3],
    ['search=099%20123%204567', 3],
    ['search=customer-001', 3],
    ['channel=email', 3],
    ['channel=push', 0],
    ['channel=email&state=in_progress', 3],
    ['channel=email&state=failed', 0],
    ['search=mendoza', 3],
    ['search=M%C3%89NDOZA', 3],
    ['search=', 3],
    ['search=%25', 0],
    ['created_after=2020-01-01T00:00:00-05:00', 3],
    ['created_before=2020-01-01T00:00:00-05:00', 0],
    ['page=9', 3],
  ])('200 counts what %s leaves', async (query, count) => {
    const { status, body } = await get(`${events}?${query.replace('+', '%2B')}`);
    expect({ status, count: body.count }).toEqual({ status: 200, count });
  });

  test('200 in each ordering', async () => {
    const { body } = await get(`${events}?ordering=event_type`);
    const types = body.results.map(({ event_type }: { event_type: string }) => event_type);
    expect(types).toEqual([...types].sort());
  });

  test.each([
    ['colour=red', 'colour'],
    ['ordering=id', 'ordering'],
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['page=99999999999999999999', 'page'],
    ['page_size=101', 'page_size'],
    ['page=1&page=2', 'page'],
    ['phase_id=no-such', 'phase_id'],
    ['search=%00', 'search'],
    ['search=%ff', 'search'],
    ['created_after=2026-01-01', 'created_after'],
    ['__proto__=x', '__proto__'],
  ])('400 for %s names %s', async (query, field) => {
    const { status, body } = await get(`${events}?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });
});

describe('GET events/{id}', () => {
  test('200 tells the event, its messages with masked addresses, and its timeline', async () => {
    const [{ id: notificationId }] = await api.dataSource.query(
      'SELECT id FROM notification WHERE event_id = $1',
      [eventId],
    );
    const [{ id: messageId, channel }] = await api.dataSource.query(
      'SELECT id, channel FROM message WHERE notification_id = $1',
      [notificationId],
    );
    await api.dataSource.query(
      `INSERT INTO timeline (notification_id, message_id, kind, attempt, data) VALUES
         ($1, $2, 'attempt_started', 1, '{}'),
         ($1, $2, 'attempt_ended', 1, '{"outcome":"transient","code":"smtp_421","detail":"busy","next":"retry","retry_in_ms":4200}'),
         ($1, $2, 'next_rung', 1, '{"from":"whatsapp","to":"email","because":"retries_used_up"}'),
         ($1, $2, 'ended', 1, '{"state":"failed","reason":"retries_used_up"}')`,
      [notificationId, messageId],
    );
    const { status, body } = await get(`${events}${eventId}/`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: eventId,
      event_type: 'vehicle_ready',
      service_type: { slug: 'mantenimiento-preventivo' },
      subtype: null,
      phase: { slug: 'phase-schedule', order: 1 },
    });
    const [{ messages, timeline, decision }] = body.notifications;
    expect(messages).toMatchObject([{ id: messageId, channel, rung: 1, state: 'queued' }]);
    expect(JSON.stringify(messages)).not.toMatch(/carlos\.mendoza|593991234567/);
    expect(decision).toHaveLength(3);
    const said = timeline.map(({ kind, outcome, code, text_es }: Record<string, unknown>) => [
      kind,
      outcome,
      code,
      text_es,
    ]);
    expect(said[0]).toEqual(['received', null, null, 'Se recibió el evento vehicle_ready.']);
    expect(said).toContainEqual([
      'left_out',
      null,
      'no_address',
      'La notificación push queda fuera: No tenemos una dirección de la persona en este canal.',
    ]);
    expect(said.slice(-4).map(([kind]: unknown[]) => kind)).toEqual([
      'attempt_started',
      'attempt_ended',
      'next_rung',
      'ended',
    ]);
    expect(said.at(-3)).toEqual([
      'attempt_ended',
      'transient',
      'smtp_421',
      expect.stringContaining('falló por algo pasajero. Se reintenta en 4.2 s.'),
    ]);
    expect(said.at(-1)[3]).toBe(
      'El aviso no se pudo entregar. Motivo: se acabaron los reintentos.',
    );
  });

  test('200 tells what its messages say, until the person is erased', async () => {
    const { status, body } = await get(`${events}${eventId}/content/`);
    expect({ status, event_id: body.event_id }).toEqual({ status: 200, event_id: eventId });
    expect(body.rungs.map(({ rung, version }: Record<string, unknown>) => [rung, version])).toEqual(
      body.rungs.map((_: unknown, place: number) => [place + 1, 1]),
    );
    const email = body.rungs.find(({ channel }: { channel: string }) => channel === 'email');
    expect(email.template_name).toEqual(expect.any(String));
    expect(email.content).toMatchObject({
      channel: 'email',
      subject: expect.stringContaining('20 de Enero, 2026'),
      html: expect.stringContaining('Carlos Mendoza'),
      text: expect.stringContaining('Carlos Mendoza'),
    });
    const query = (variables: object) =>
      api.dataSource.query(
        `UPDATE notification SET variables = $2 WHERE event_id = $1
         AND set_config('ambacar.rewrite_log', 'on', true) = 'on'`,
        [eventId, JSON.stringify(variables)],
      );
    await query({});
    const erased = (await get(`${events}${eventId}/content/`)).body;
    expect(erased.rungs.map(({ content }: { content: unknown }) => content)).toEqual(
      body.rungs.map(() => null),
    );
  });

  test('404 for the content of an event that there is not', async () => {
    const { status } = await get(`${events}0190ffff-0000-7000-8000-000000000000/content/`);
    expect(status).toBe(404);
  });

  test('404 for an event that there is not', async () => {
    const { status, body } = await get(`${events}0190ffff-0000-7000-8000-000000000000/`);
    expect(status).toBe(404);
    expect(body.code).toBe('not_found');
  });
});

describe('GET catalog', () => {
  test('200 with a strong ETag, then 304 until something changes', async () => {
    const path = '/api/v1/notifications/catalog/';
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(body.phases.map(({ slug }: { slug: string }) => slug)).toEqual([
      'phase-schedule',
      'phase-reception',
      'phase-repair',
      'phase-quality',
      'phase-delivery',
    ]);
    expect(body.service_types).toHaveLength(5);
    expect(body).toMatchObject({
      channels: ['email', 'whatsapp', 'push'],
      targets: ['clients', 'staff'],
    });
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const unchanged = await get(path, { 'if-none-match': `"other", ${etag}` });
    expect({ status: unchanged.status, body: unchanged.body }).toEqual({ status: 304, body: null });
    await api.dataSource.query(`UPDATE phase SET icon = 'Star' WHERE slug = 'phase-repair'`);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('health and the rest', () => {
  test('200 live, ready and what the database is', async () => {
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: 'up', queue: 'up' } },
    });
    const { status, body } = await get('/api/v1/health/database/');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'healthy',
      database: { engine: 'postgresql', is_supabase: false, version: /^PostgreSQL \d/ },
      connection: { health_checks_enabled: true, pool_size: 4, open: expect.any(Number) },
    });
  });

  test('200 the root names the service, and the public key is told', async () => {
    expect((await get('/')).body).toEqual({
      name: 'ambacar-notifications',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      status: 'ok',
    });
    expect((await get('/api/v1/notifications/push/public-key/')).body).toEqual({
      public_key: vapidKey,
    });
  });

  test('200 documentation of three kinds, which loads nothing from elsewhere', async () => {
    const { body } = await get('/api/schema/');
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toContain(dispatchPath);
    const yaml = await (await fetch(`${api.url}/api/schema?format=yaml`)).text();
    expect(yaml).toMatch(/^openapi: 3\.1/);
    for (const path of ['/api/docs/', '/api/redoc/']) {
      const page = await fetch(`${api.url}${path}`);
      const html = await page.text();
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/(?:src|href)="https?:/);
      for (const [, file] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
        expect((await fetch(`${api.url}${file}`)).status).toBe(200);
      }
    }
    expect((await get('/api/docs/no-such.js')).status).toBe(404);
  });
});
