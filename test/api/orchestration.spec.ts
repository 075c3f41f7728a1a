import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  MatrixCell,
  OrchestrationPage,
  OrchestrationView,
} from '#contracts/http/orchestration.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { holdRows } from '#infrastructure/testing/hold-rows.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { cell, options, wholeMatrix } from './matrix-cells.js';
import { northId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/orchestration/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

let made = 0;
/** A configuration that nothing else uses. */
async function make(members: object = {}): Promise<OrchestrationView> {
  made += 1;
  const slug = `tipo-${made}`;
  await api.dataSource.query(
    `INSERT INTO service_type (id, slug, name, "order") VALUES (gen_random_uuid(), $1, $1, 50)`,
    [slug],
  );
  const body = { service_type_id: slug, target: 'clients', ...members };
  const answer = await call<OrchestrationView>('POST', path, body);
  expect(answer.status).toBe(201);
  return answer.body;
}

const read = async (id: string) => (await call<OrchestrationView>('GET', `${path}${id}/`)).body;
const updateMatrix = (id: string, body: unknown, headers = {}, by = call) =>
  by<OrchestrationView & ProblemView>('POST', `${path}${id}/update_matrix/`, body, headers);

describe('a configuration', () => {
  test('has no cells unless they are given, and tells them by phase and channel', async () => {
    expect((await make()).matrix).toEqual([]);
    const { matrix } = await make({
      matrix: [cell('phase-delivery', 'push'), cell('phase-schedule', 'whatsapp')],
    });
    const ids = await phaseIds();
    expect(matrix).toEqual([
      { ...cell(ids['phase-schedule'] ?? '', 'whatsapp'), ...options },
      { ...cell(ids['phase-delivery'] ?? '', 'push'), ...options },
    ]);
  });

  test('400 names all three fields for a second of the same type, target and workshop', async () => {
    for (const taller_id of [null, northId]) {
      const { service_type_id } = await make({ taller_id });
      const twin = { service_type_id, target: 'clients', taller_id };
      const { status, body } = await call<ProblemView>('POST', path, twin);
      expect([status, Object.keys(body.errors ?? {})]).toEqual([
        400,
        ['service_type_id', 'target', 'taller_id'],
      ]);
      expect((await call('POST', path, { ...twin, target: 'staff' })).status).toBe(201);
    }
  });

  test('keeps its matrix when a PUT or PATCH leaves it out, and takes a new one', async () => {
    const { id, service_type_id, matrix } = await make({ matrix: [cell('phase-repair', 'email')] });
    const put = { service_type_id, target: 'staff' };
    expect(await call('PUT', `${path}${id}/`, put)).toMatchObject({
      status: 200,
      body: { target: 'staff', matrix },
    });
    const patch = { is_active: false, matrix: [cell('phase-repair', 'push')] };
    expect(await call('PATCH', `${path}${id}/`, patch)).toMatchObject({
      status: 200,
      body: { target: 'staff', is_active: false, matrix: [{ channel: 'push' }] },
    });
  });

  test('is there for a workshop that is not active, too', async () => {
    await api.dataSource.query(
      `INSERT INTO taller (id, slug, name, is_active)
       VALUES (gen_random_uuid(), 'taller-cerrado', 'Taller Cerrado', false)`,
    );
    const { id } = await make({ taller_id: 'taller-cerrado' });
    const { body } = await call<OrchestrationPage>('GET', `${path}?taller_id=taller-cerrado`);
    expect(body.results.map((config) => config.id)).toEqual([id]);
  });

  test('goes with its cells', async () => {
    const { id } = await make({ matrix: wholeMatrix({}) });
    expect((await call('DELETE', `${path}${id}/`)).status).toBe(204);
    const left = await api.dataSource.query('SELECT FROM matrix_cell WHERE config_id = $1', [id]);
    expect(left).toEqual([]);
  });
});

describe('POST update_matrix', () => {
  test('200 replaces the whole matrix: cells that are left out are gone', async () => {
    const { id } = await make({ matrix: wholeMatrix({}) });
    const ids = await phaseIds();
    const wanted = [
      cell('phase-schedule', 'email', { enabled: false, priority: 3 }),
      cell(ids['phase-quality'] ?? '', 'push'),
    ];
    const { status, body } = await updateMatrix(id, { matrix: wanted });
    expect(status).toBe(200);
    expect(body.matrix).toEqual([
      { ...wanted[0], ...options, phase_id: ids['phase-schedule'] },
      { ...wanted[1], ...options, phase_id: ids['phase-quality'] },
    ]);
    expect(await read(id)).toEqual(body);
    expect((await updateMatrix(id, { matrix: body.matrix })).body).toEqual(body);
    expect((await updateMatrix(id, { matrix: [] })).body.matrix).toEqual([]);
  });

  test('keeps the options that an entry leaves out, for callers that do not know them', async () => {
    const own: Partial<MatrixCell> = {
      advance_after_minutes: 30,
      advance_until: 'delivered',
      quiet_hours: 'hold',
      when_held_too_long: 'expire',
    };
    const { id, matrix } = await make({ matrix: [cell('phase-repair', 'whatsapp', own)] });
    expect(matrix).toMatchObject([own]);
    const plain = [cell('phase-repair', 'whatsapp', { priority: 2 }), cell('phase-repair', 'push')];
    expect((await updateMatrix(id, plain)).body.matrix).toMatchObject([
      { channel: 'whatsapp', priority: 2, ...own },
      { channel: 'push', ...options },
    ]);
    const never = [cell('phase-repair', 'whatsapp', { advance_after_minutes: null })];
    expect((await updateMatrix(id, never)).body.matrix).toMatchObject([
      { ...own, advance_after_minutes: null },
    ]);
  });

  test('takes the bare list as well', async () => {
    const { id } = await make();
    const { status, body } = await updateMatrix(id, wholeMatrix({ priority: 2 }));
    expect(status).toBe(200);
    expect(body.matrix).toHaveLength(15);
  });

  test('400 names every entry at fault, and leaves all as it was', async () => {
    const before = await make({ matrix: [cell('phase-repair', 'email')] });
    const { status, body } = await updateMatrix(before.id, {
      matrix: [
        cell('phase-repair', 'push'),
        cell('no-such', 'push'),
        cell('phase-quality', 'email'),
        cell(before.matrix[0]?.phase_id ?? '', 'push', { priority: 2 }),
        cell('nor-this', 'email'),
      ],
    });
    expect([status, Object.keys(body.errors ?? {}).sort()]).toEqual([
      400,
      ['matrix.1.phase_id', 'matrix.3', 'matrix.4.phase_id'],
    ]);
    expect(await read(before.id)).toEqual(before);
  });

  test.each<[string, unknown, string[]]>([
    ['no matrix', {}, ['matrix']],
    ['a text', '"matrix"', ['body']],
    ['entries that are none', [null, 7], ['matrix.0', 'matrix.1']],
    ['a channel that there is not', [cell('phase-repair', 'fax')], ['matrix.0.channel']],
    ['a priority of 0', [cell('phase-repair', 'push', { priority: 0 })], ['matrix.0.priority']],
    [
      'a member that is missing',
      [{ phase_id: 'x', channel: 'push', enabled: true }],
      ['matrix.0.priority'],
    ],
    [
      'no time at all',
      [cell('phase-repair', 'push', { advance_after_minutes: 0 })],
      ['matrix.0.advance_after_minutes'],
    ],
    ['one too many', [{ ...cell('phase-repair', 'push'), x: 1 }], ['matrix.0.x']],
    ['a matrix of 301 cells', Array(301).fill(cell('phase-repair', 'push')), ['matrix']],
  ])('400 for %s', async (_what, body, fields) => {
    const { id } = await make();
    const answer = await updateMatrix(id, body);
    expect([answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([400, fields]);
  });

  test('404 for a configuration that there is not', async () => {
    const { id } = await make();
    await call('DELETE', `${path}${id}/`);
    expect((await updateMatrix(id, [])).status).toBe(404);
    expect((await call('POST', `${path}${id}/initialize_phases/`)).status).toBe(404);
    expect((await call('POST', `${path}no-uuid/update_matrix/`, [])).status).toBe(400);
  });

  test('412 for a state that is no more, whichever part of it changed', async () => {
    const { id } = await make();
    const etag = async () => (await call('GET', `${path}${id}/`)).headers.get('etag') ?? '';
    const first = await etag();
    const changed = await updateMatrix(id, wholeMatrix({}), { 'if-match': first });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe(await etag());
    const second = await etag();
    for (const answer of [
      await updateMatrix(id, [], { 'if-match': first }),
      await call('PATCH', `${path}${id}/`, { is_active: false }, { 'if-match': first }),
      await call('POST', `${path}${id}/initialize_phases/`, undefined, { 'if-match': first }),
      await call('DELETE', `${path}${id}/`, undefined, { 'if-match': first }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([412, 'changed_meanwhile']);
    }
    expect(await etag()).toBe(second);
    expect((await updateMatrix(id, [], { 'if-match': second })).status).toBe(200);
  });

  test('a repeat under its key gets the first answer, whatever was changed since', async () => {
    const { id } = await make();
    const headers = { 'idempotency-key': 'matrix-1' };
    const first = await updateMatrix(id, wholeMatrix({}), headers);
    await updateMatrix(id, []);
    const again = await updateMatrix(id, wholeMatrix({}), headers);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await read(id)).matrix).toEqual([]);
  });
});

describe('two edits of one matrix at the same moment', () => {
  test('leave the whole of one of them, and never a mixture', async () => {
    const { id } = await make({ matrix: [cell('phase-repair', 'email')] });
    const held = await holdRows(
      api.dataSource,
      `SELECT FROM orchestration_config WHERE id = '${id}' FOR UPDATE`,
    );
    const both = Promise.all([
      updateMatrix(id, wholeMatrix({ priority: 1 }).slice(0, 10)),
      updateMatrix(id, wholeMatrix({ priority: 2 }).slice(5)),
    ]);
    await held.someoneWaits(2);
    await held.commit();
    const answers = await both;
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body.matrix.length)).toEqual([10, 10]);
    const { matrix } = await read(id);
    expect(matrix).toHaveLength(10);
    expect(new Set(matrix.map(({ priority }) => priority)).size).toBe(1);
  });

  test('one wins and one is told, when both were made for the same state', async () => {
    const { id } = await make();
    const etag = (await call('GET', `${path}${id}/`)).headers.get('etag') ?? '';
    const held = await holdRows(
      api.dataSource,
      `SELECT FROM orchestration_config WHERE id = '${id}' FOR UPDATE`,
    );
    const both = Promise.all(
      [1, 2].map((priority) => updateMatrix(id, wholeMatrix({ priority }), { 'if-match': etag })),
    );
    await held.someoneWaits(2);
    await held.commit();
    expect((await both).map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('POST initialize_phases', () => {
  test('200 gives each phase and channel without a cell its default, and no other', async () => {
    const own = cell('phase-repair', 'whatsapp', { enabled: false, priority: 9 });
    const { id } = await make({ matrix: [own] });
    const initialize = () => call<OrchestrationView>('POST', `${path}${id}/initialize_phases/`);
    const first = await initialize();
    expect(first.status).toBe(200);
    expect(first.body.matrix).toHaveLength(15);
    const ids = await phaseIds();
    const at = (phase: string, channel: string) =>
      first.body.matrix.find((each) => each.phase_id === ids[phase] && each.channel === channel);
    expect(at('phase-repair', 'whatsapp')).toMatchObject({ enabled: false, priority: 9 });
    expect(at('phase-repair', 'email')).toMatchObject({ enabled: true, priority: 3 });
    expect(at('phase-delivery', 'whatsapp')).toMatchObject({ enabled: true, priority: 1 });
    const again = await initialize();
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  test('gives staff the defaults of staff', async () => {
    const { id } = await make({ target: 'staff' });
    const { body } = await call<OrchestrationView>('POST', `${path}${id}/initialize_phases/`);
    const whatsapp = body.matrix.filter(({ channel }) => channel === 'whatsapp');
    expect(whatsapp.map(({ enabled }) => enabled)).toEqual(Array(5).fill(false));
  });
});

async function phaseIds(): Promise<Record<string, string>> {
  const rows = await api.dataSource.query<{ slug: string; id: string }[]>(
    'SELECT slug, id FROM phase',
  );
  return Object.fromEntries(rows.map(({ slug, id }) => [slug, id]));
}
