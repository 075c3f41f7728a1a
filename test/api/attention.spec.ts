import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AttentionView } from '#contracts/http/attention.dto.js';
import { afterSigns, closedBreaker } from '#domain/delivery/breaker.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { addDeadLetter } from './dead-letter.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

const north = '0190aaaa-0000-7000-8000-000000000001';
let api: TestApi;
let all: string;
let northern: string;
let dispatching: string;

beforeAll(async () => {
  api = await startTestApi({});
  const keyOf = async (scope: 'read' | 'dispatch', tallerId?: string) =>
    (await createApiKey(api.dataSource, { name: 'k', scopes: [scope], tallerId })).key;
  all = await keyOf('read');
  northern = await keyOf('read', north);
  dispatching = await keyOf('dispatch');
});
afterAll(() => api.close());

const get = (key: string, query = '') =>
  fetch(`${api.url}/api/v1/analytics/attention/${query}`, { headers: { 'x-api-key': key } });
async function attention(key = all, query = ''): Promise<AttentionView> {
  const answer = await get(key, query);
  expect(answer.status).toBe(200);
  return bodyOf<AttentionView>(answer);
}

test('nothing needs a hand where all is well', async () => {
  expect(await attention()).toEqual({
    dead_letters: [],
    accounts: [],
    cells_without_template: [],
    cells_without_template_count: 0,
  });
});

test('dead letters need one by their cause, and not those of another workshop', async () => {
  const headers = { 'x-api-key': dispatching };
  await addDeadLetter(api, headers);
  await addDeadLetter(api, headers);
  const { dead_letters } = await attention();
  expect(dead_letters).toMatchObject([
    { kind: 'notification', cause: 'retries_used_up', count: 2, waiting: 0 },
  ]);
  expect((await attention(northern)).dead_letters).toEqual([]);
  await api.dataSource.query('UPDATE dead_letter SET resolved_at = now()');
  expect((await attention()).dead_letters).toEqual([]);
});

test('a line that fell silent needs one, and one that has spoken again needs none', async () => {
  const silent = afterSigns(closedBreaker, 'silent', Date.now());
  const save = (state: string, breaker: object) =>
    api.dataSource.query(
      `INSERT INTO provider_account (account, channel, state, memory)
       VALUES ('whatsapp:house', 'whatsapp', $1, $2)
       ON CONFLICT (account) DO UPDATE SET state = $1, memory = $2`,
      [state, JSON.stringify({ ...freshAccount, breaker })],
    );
  await save('open', silent);
  expect((await attention()).accounts).toMatchObject([
    { account: 'whatsapp:house', state: 'open', silent: true, misconfigured: true },
  ]);
  expect((await attention(northern)).accounts).toHaveLength(1);
  await save('closed', closedBreaker);
  expect((await attention()).accounts).toEqual([]);
});

test('a cell that is on needs a template', async () => {
  const [[switchedOff]]: [{ id: string }[]] = await api.dataSource.query(`
    UPDATE template SET is_active = false WHERE id = (
      SELECT t.id FROM template t JOIN phase p ON p.id = t.phase_id
      JOIN service_type s ON s.id = t.service_type_id
      WHERE p.slug = 'phase-repair' AND s.slug = 'averia-revision' AND t.channel = 'whatsapp'
        AND t.target = 'clients' AND t.subtype_id IS NULL AND t.event_type IS NULL)
    RETURNING id`);
  for (const key of [all, northern]) {
    expect(await attention(key)).toMatchObject({
      cells_without_template_count: 1,
      cells_without_template: [
        {
          service_type: { slug: 'averia-revision' },
          phase: { slug: 'phase-repair' },
          channel: 'whatsapp',
          target: 'clients',
          taller_id: null,
        },
      ],
    });
  }
  await api.dataSource.query('UPDATE template SET is_active = true WHERE id = $1', [
    switchedOff?.id,
  ]);
  expect((await attention()).cells_without_template).toEqual([]);
});

test('only who may read is told, and of a known workshop', async () => {
  expect((await get(dispatching)).status).toBe(403);
  expect((await get(all, '?taller_id=no-such')).status).toBe(400);
  expect((await get(northern, '?taller_id=taller-sur')).status).toBe(400);
  expect((await attention(all, '?taller_id=taller-norte')).accounts).toEqual([]);
});
