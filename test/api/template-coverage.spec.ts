import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { CoverageView } from '#contracts/http/template-coverage.dto.js';
import type { TemplatePage } from '#contracts/http/templates.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
const place = {
  service_type_slug: 'averia-revision',
  phase_slug: 'phase-repair',
  channel: 'whatsapp',
  target: 'clients',
};
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi({});
  ({ call } = await callerWithKey(api, ['admin']));
});
afterAll(() => api.close());

const coverage = async (query = '') => {
  const { status, body } = await call<CoverageView>('GET', `${path}coverage/${query}`);
  expect(status).toBe(200);
  return body;
};
const cellOf = ({ cells }: CoverageView) =>
  cells.find((cell) =>
    Object.entries(place).every(([name, value]) => Reflect.get(cell, name) === value),
  );

describe('the coverage', () => {
  test('tells of all 150 places of the seed, none of which lacks a template', async () => {
    const { taller_id, counts, cells } = await coverage();
    expect(taller_id).toBeNull();
    expect(cells).toHaveLength(150);
    expect(counts).toEqual({
      covered: cells.filter(({ state }) => state === 'covered').length,
      missing: 0,
      off: cells.filter(({ state }) => state === 'off').length,
    });
    expect(counts.covered + counts.off).toBe(150);
  });

  test('says which cell has lost its template, and forgets that when it has one again', async () => {
    const query =
      'channel=whatsapp&target=clients&service_type_id=averia-revision&phase_id=phase-repair';
    const { body } = await call<TemplatePage>('GET', `${path}?${query}&is_active=true`);
    const turn = async (is_active: boolean) => {
      for (const { id } of body.results) await call('PATCH', `${path}${id}/`, { is_active });
    };
    await turn(false);
    const lost = await coverage();
    expect(cellOf(lost)).toMatchObject({ state: 'missing', template_id: null, source: null });
    expect(lost.counts.missing).toBe(1);
    await turn(true);
    expect(cellOf(await coverage())).toMatchObject({ state: 'covered', source: 'global_type' });
  });

  test('of a workshop tells its own template where it has one, and what it inherits', async () => {
    const { body } = await call('POST', path, {
      name: 'Propia',
      channel: 'whatsapp',
      target: 'clients',
      service_type_id: 'averia-revision',
      phase_id: 'phase-repair',
      taller_id: 'taller-norte',
      body: 'Hola {{Nombre}}',
    });
    const north = await coverage('?taller_id=taller-norte');
    expect(north.taller_id).toBe(northId);
    expect(cellOf(north)).toMatchObject({ template_id: body.id, source: 'taller_type' });
    const { call: own } = await callerWithKey(api, ['read'], northId);
    expect((await own<CoverageView>('GET', `${path}coverage/`)).body).toEqual(north);
    expect((await own('GET', `${path}coverage/?taller_id=${southId}`)).status).toBe(404);
  });

  test('404 for a workshop that there is not, 400 for a filter', async () => {
    expect((await call('GET', `${path}coverage/?taller_id=nada`)).status).toBe(404);
    const { status, body } = await call<ProblemView>('GET', `${path}coverage/?color=red`);
    expect(status).toBe(400);
    expect(Object.keys(body.errors ?? {})).toEqual(['color']);
  });
});
