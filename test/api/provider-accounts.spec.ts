import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type {
  ProviderAccountPage,
  ProviderAccountView,
} from '#contracts/http/provider-accounts.dto.js';
import { afterCalls, closedBreaker } from '#domain/delivery/breaker.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/provider-accounts/';
const openedMs = Date.parse('2026-11-22T12:00:00Z');
let api: TestApi;
let admin: JsonCaller;
let reader: JsonCaller;
let north: JsonCaller;

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  ({ call: admin } = await callerWithKey(api, ['admin'], null));
  ({ call: reader } = await callerWithKey(api, ['read'], null));
  ({ call: north } = await callerWithKey(api, ['admin'], northId));
});
afterAll(() => api.close());
beforeEach(async () => {
  await query('TRUNCATE provider_account');
  await fail('whatsapp:house');
  await fail(`whatsapp:${northId}`);
  await fail(`email:${southId}`);
});

const query = (sql: string, parameters?: unknown[]) => api.dataSource.query(sql, parameters);
const fail = (account: string) => {
  const lastFailure = { code: 'unreachable', detail: 'connect ECONNREFUSED' };
  const report = { calls: 10, failures: 10, lastFailure, misconfigured: false };
  const memory = { ...freshAccount, breaker: afterCalls(closedBreaker, report, openedMs) };
  return query(
    `INSERT INTO provider_account (account, channel, state, memory, gated_until)
     VALUES ($1, split_part($1, ':', 1), 'open', $2, 'infinity')`,
    [account, JSON.stringify(memory)],
  );
};
const listFor = async (call: JsonCaller) =>
  (await call<ProviderAccountPage>('GET', path)).body.results;

describe('the list of provider accounts', () => {
  test('tells which fails, since when, why, and when it is asked again', async () => {
    const [account] = (await listFor(reader)).filter(({ account }) => account === 'whatsapp:house');
    expect(account).toEqual({
      account: 'whatsapp:house',
      channel: 'whatsapp',
      taller_id: null,
      state: 'open',
      since: '2026-11-22T12:00:00.000Z',
      misconfigured: false,
      silent: false,
      last_error: 'unreachable',
      last_error_detail: 'connect ECONNREFUSED',
      next_probe_at: '2026-11-22T12:00:30.000Z',
      blocked_until: null,
      waiting: 0,
    });
  });

  test('counts the messages that wait, of a workshop its own alone', async () => {
    const { call } = await callerWithKey(api, ['dispatch'], null);
    for (const taller_id of [northId, null]) {
      expect((await call('POST', dispatchPath, exampleEvent({ taller_id }))).status).toBe(202);
    }
    await query(`UPDATE message SET held_by = 'whatsapp:house'`);
    const waiting = async (by: JsonCaller) =>
      (await listFor(by)).find(({ account }) => account === 'whatsapp:house')?.waiting;
    expect([await waiting(reader), await waiting(north)]).toEqual([2, 1]);
  });

  test('shows a workshop its own accounts and everybody’s', async () => {
    const names = async (by: JsonCaller) => (await listFor(by)).map(({ account }) => account);
    expect(await names(north)).toEqual([`whatsapp:${northId}`, 'whatsapp:house']);
    expect(await names(reader)).toHaveLength(3);
  });
});

describe('the reset of a provider account', () => {
  test('closes it, lets what waits leave in turn, and stands in the audit trail', async () => {
    const { status, body } = await admin<ProviderAccountView>(
      'POST',
      `${path}whatsapp:house/reset/`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ account: 'whatsapp:house', state: 'closed', next_probe_at: null });
    const [row] = await query(`SELECT state, has_parked, memory FROM provider_account
      WHERE account = 'whatsapp:house'`);
    expect(row).toMatchObject({ state: 'closed', has_parked: true });
    expect(row.memory.line.rampFromMs).toBeGreaterThan(openedMs);
    const [audit] = await query(`SELECT action, changes FROM audit_entry
      WHERE resource = 'provider_account'`);
    expect(audit).toEqual({ action: 'reset', changes: { state: ['open', 'closed'] } });
  });

  test.each([
    ['is a workshop’s for its own', `whatsapp:${northId}`, 200],
    ['is not a workshop’s for everybody’s', 'whatsapp:house', 404],
    ['is not a workshop’s for another’s', `email:${southId}`, 404],
    ['of none that is known is refused', 'push:nowhere.example', 404],
  ])('%s', async (_, account, status) => {
    expect((await north('POST', `${path}${account}/reset/`)).status).toBe(status);
  });

  test('is not for who may only read', async () => {
    expect((await reader('POST', `${path}whatsapp:house/reset/`)).status).toBe(403);
  });
});
