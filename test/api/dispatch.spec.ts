import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { DryRunView } from '#contracts/http/dry-run.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

let api: TestApi;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const dispatch = (body: unknown, headers?: Record<string, string>) =>
  post(`${api.url}${dispatchPath}`, body, headers);

describe('POST events/dispatch', () => {
  test('202 commits the event and names the planned channels', async () => {
    const answer = await dispatch(exampleEvent(), { 'x-request-id': 'caller-42' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-request-id')).toBe('caller-42');
    const body = await bodyOf<DispatchReceipt>(answer);
    expect(body).toEqual({
      event_id: expect.stringMatching(uuid),
      notifications: [
        {
          notification_id: expect.stringMatching(uuid),
          recipient_id: 'customer-001',
          recipient_name: 'Carlos Mendoza',
          channels: expect.arrayContaining(['email', 'whatsapp']),
          task_id: expect.stringMatching(uuid),
        },
      ],
    });
    const [event] = await api.dataSource.query(
      'SELECT request_id, context FROM event WHERE id = $1',
      [body.event_id],
    );
    expect(event).toMatchObject({ request_id: 'caller-42', context: { hora: '14:30' } });
  });

  test('202 for slugs and UUIDs, with a slash at the end and without', async () => {
    const [{ id }] = await api.dataSource.query(
      `SELECT id FROM phase WHERE slug = 'phase-schedule'`,
    );
    const url = `${api.url}${dispatchPath}`.replace(/\/$/, '');
    const answer = await post(url, exampleEvent({ phase_id: id.toUpperCase() }));
    expect(answer.status).toBe(202);
  });

  test('202 for a context whose keys are written in any case and with accents escaped', async () => {
    const body = JSON.stringify(
      exampleEvent({
        context: { NOMBRE: 'Zoë', Placa: 'X', VEHÍCULO: 'Y', fecha: 'hoy', Hora: '9:00' },
      }),
    );
    const escaped = body.replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect((await dispatch(escaped)).status).toBe(202);
  });

  test.each([
    ['service_type_id', 'no-such', 'unknown_service_type'],
    ['phase_id', 'no-such', 'unknown_phase'],
    ['subtype_id', 'averia-frenos', 'unknown_subtype'],
    ['customer_id', 'nobody', 'unknown_customer'],
    ['vehicle_id', 'vehicle-of-nobody', 'unknown_vehicle'],
    ['taller_id', 'no-such', 'unknown_taller'],
  ])('400 names an unknown %s', async (field, value, code) => {
    const answer = await dispatch(exampleEvent({ [field]: value }));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: `urn:ambacar:problem:${code}`,
      status: 400,
      code,
      instance: dispatchPath,
      errors: { [field]: [expect.any(String)] },
      request_id: expect.stringMatching(uuid),
    });
  });

  test('400 names each missing variable with the channels that need it', async () => {
    const answer = await dispatch(exampleEvent({ context: {} }));
    expect(answer.status).toBe(400);
    const { code, errors = {} } = await bodyOf<ProblemView>(answer);
    expect(code).toBe('missing_variables');
    expect(Object.keys(errors)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^context\./)]),
    );
  });

  test("400 tells each channel's reason when nobody can be reached", async () => {
    const answer = await dispatch(exampleEvent({ customer_id: 'customer-mute' }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'no_reachable_channel',
      errors: { 'channels.email': ['We have no address of the person on this channel.'] },
    });
  });

  test('400 speaks Spanish to whom asks for it', async () => {
    const answer = await dispatch(exampleEvent({ phase_id: 'x' }), { 'accept-language': 'es-EC' });
    expect((await bodyOf<ProblemView>(answer)).title).toBe('No existe esa fase.');
  });

  test('a refused event leaves nothing behind', async () => {
    const count = () => api.dataSource.query('SELECT count(*) FROM event');
    const before = await count();
    await dispatch(exampleEvent({ context: {} }), { 'idempotency-key': 'refused-1' });
    expect(await count()).toEqual(before);
    expect((await dispatch(exampleEvent(), { 'idempotency-key': 'refused-1' })).status).toBe(202);
  });
});

describe('dry_run', () => {
  test('200 tells the decision in full and writes nothing', async () => {
    const count = () => api.dataSource.query('SELECT count(*) FROM event');
    const before = await count();
    const answer = await dispatch(exampleEvent({ dry_run: true }));
    expect(answer.status).toBe(200);
    const body = await bodyOf<DryRunView>(answer);
    expect(body).toMatchObject({ would_be_accepted: true, config: { scope: 'global' } });
    const [notification] = body.notifications;
    expect(notification?.decision).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: 'email', verdict: 'planned', reachable: true }),
        expect.objectContaining({ channel: 'push', verdict: 'left_out', reason: 'no_address' }),
      ]),
    );
    expect(JSON.stringify(notification?.messages)).toContain('Carlos Mendoza');
    expect(await count()).toEqual(before);
  });

  test('200 says what is missing when it would be refused', async () => {
    const answer = await dispatch(exampleEvent({ dry_run: true, context: {} }));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      would_be_accepted: false,
      code: 'missing_variables',
      missing: expect.objectContaining({ 'context.Hora': expect.any(Array) }),
    });
  });

  test('400 for a reference that names nothing', async () => {
    const answer = await dispatch(exampleEvent({ dry_run: true, phase_id: 'no-such' }));
    expect(answer.status).toBe(400);
  });
});

describe('Idempotency-Key', () => {
  test('202 repeats the first answer, whatever the order of the members', async () => {
    const headers = { 'idempotency-key': '"order-1"' };
    const first = await dispatch(exampleEvent(), headers);
    const reversed = Object.fromEntries(Object.entries(exampleEvent()).reverse());
    const again = await dispatch(reversed, { 'idempotency-key': 'order-1' });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.json()).toEqual(await first.json());
  });

  test('422 for the same key with another body', async () => {
    const headers = { 'idempotency-key': 'order-2' };
    await dispatch(exampleEvent(), headers);
    const answer = await dispatch(exampleEvent({ priority: 'high' }), headers);
    expect(answer.status).toBe(422);
    expect((await bodyOf<ProblemView>(answer)).code).toBe('idempotency_key_reused');
  });

  test('202 once and 409 or a replay for twins that come together', async () => {
    const headers = { 'idempotency-key': 'order-3' };
    const twins = await Promise.all(
      Array.from({ length: 8 }, () => dispatch(exampleEvent(), headers)),
    );
    const accepted = twins.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    for (const { status } of twins) expect([202, 409]).toContain(status);
    const ids = await Promise.all(
      accepted.map(async (twin) => (await bodyOf<DispatchReceipt>(twin)).event_id),
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each([['ñ'.normalize('NFC')], ['two words'], ['x'.repeat(256)]])(
    '400 for a key that is not 1–255 visible ASCII characters',
    async (key) => {
      const answer = await dispatch(exampleEvent(), { 'idempotency-key': key });
      expect(answer.status).toBe(400);
      expect((await bodyOf<ProblemView>(answer)).errors).toHaveProperty('Idempotency-Key');
    },
  );
});
