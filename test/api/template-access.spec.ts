import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TemplateForContextView } from '#contracts/http/template-preview.dto.js';
import type { TemplatePage, TemplateView } from '#contracts/http/templates.dto.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
let api: TestApi;
let everywhere: JsonCaller;
let north: JsonCaller;
let south: JsonCaller;
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  everywhere = (await callerWithKey(api, ['read', 'write'])).call;
  north = (await callerWithKey(api, ['read', 'write'], northId)).call;
  south = (await callerWithKey(api, ['read', 'write'], southId)).call;
});
afterAll(() => api.close());

let made = 0;
const body = (changes: object = {}) => {
  made += 1;
  return {
    name: `Propia ${made}`,
    channel: 'whatsapp',
    target: 'clients',
    service_type_id: 'avaluo-mg',
    phase_id: 'phase-repair',
    event_type: `propia_${made}`,
    body: 'Hola, {{Nombre}}',
    ...changes,
  };
};
const create = async (call: JsonCaller, changes: object = {}) => {
  const answer = await call<TemplateView>('POST', path, body(changes));
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
};

describe('the key of a workshop', () => {
  test('makes templates of its own workshop alone', async () => {
    expect(await create(north)).toMatchObject({ taller_id: northId, taller_slug: 'taller-norte' });
    expect(await create(north, { taller_id: 'taller-norte' })).toMatchObject({
      taller_id: northId,
    });
    for (const taller_id of [null, southId, 'taller-sur']) {
      expect((await north('POST', path, body({ taller_id }))).status).toBe(403);
    }
  });

  test('reads its own and the global ones, and no others', async () => {
    const own = await create(north);
    const { body: all } = await everywhere<TemplatePage>('GET', `${path}?page_size=1`);
    const { body: seen } = await south<TemplatePage>('GET', `${path}?page_size=1`);
    const { body: others } = await everywhere<TemplatePage>('GET', `${path}?taller_id=${northId}`);
    expect(others.results.map(({ id }) => id)).toContain(own.id);
    expect(seen.count).toBe(all.count - others.count);
    expect((await south<TemplatePage>('GET', `${path}?taller_id=${northId}`)).body.count).toBe(0);
    expect((await south<TemplatePage>('GET', `${path}?taller_id=null`)).body.count).toBe(
      seen.count,
    );
  });

  test("finds nothing of another workshop's, whatever it asks", async () => {
    const { id } = await create(north);
    for (const [method, target, sent] of [
      ['GET', `${path}${id}/`],
      ['PUT', `${path}${id}/`, body()],
      ['PATCH', `${path}${id}/`, { name: 'x' }],
      ['DELETE', `${path}${id}/`],
      ['GET', `${path}${id}/versions/`],
      ['GET', `${path}${id}/versions/1/`],
      ['POST', `${path}${id}/versions/1/restore/`],
      ['POST', `${path}preview/`, { template_id: id, context: { nombre: 'Ana' } }],
    ] as const) {
      expect([method, target, (await south(method, target, sent)).status]).toEqual([
        method,
        target,
        404,
      ]);
    }
    expect((await north('GET', `${path}${id}/`)).status).toBe(200);
  });

  test('reads a global one and may not change it', async () => {
    const { id } = await create(everywhere);
    expect((await north('GET', `${path}${id}/`)).status).toBe(200);
    expect((await north('GET', `${path}${id}/versions/1/`)).status).toBe(200);
    for (const [method, target, sent] of [
      ['PUT', `${path}${id}/`, body()],
      ['PATCH', `${path}${id}/`, { name: 'x' }],
      ['DELETE', `${path}${id}/`],
      ['POST', `${path}${id}/versions/1/restore/`],
    ] as const) {
      expect([method, (await north(method, target, sent)).status]).toEqual([method, 403]);
    }
  });

  test('keeps what it changes', async () => {
    const { id } = await create(north);
    const patch = (change: object) => north<TemplateView>('PATCH', `${path}${id}/`, change);
    expect((await patch({ body: 'Otro' })).body).toMatchObject({ version: 2, taller_id: northId });
    expect((await patch({ taller_id: null })).status).toBe(403);
    const { status, body: put } = await north<TemplateView>('PUT', `${path}${id}/`, body());
    expect({ status, taller: put.taller_id }).toEqual({ status: 200, taller: northId });
    expect((await north('DELETE', `${path}${id}/`)).status).toBe(204);
  });

  test('is told the template that its own dispatches would choose', async () => {
    const own = await create(north, { event_type: null });
    const query = 'service_type=avaluo-mg&phase=phase-repair&channel=whatsapp&target=clients';
    const chosen = async (call: JsonCaller, more = '') =>
      (await call<TemplateForContextView>('GET', `${path}for_context/?${query}${more}`)).body;
    expect(await chosen(north)).toMatchObject({ source: 'taller_type', template: { id: own.id } });
    expect(await chosen(south)).toMatchObject({ source: 'global_type' });
    const other = await south('GET', `${path}for_context/?${query}&taller_id=${northId}`);
    expect(other.status).toBe(404);
  });
});

test('reading needs the scope read, writing the scope write', async () => {
  const { call: reader } = await callerWithKey(api, ['read']);
  const { call: writer } = await callerWithKey(api, ['write']);
  const { id } = await create(everywhere);
  expect((await reader('PATCH', `${path}${id}/`, { name: 'x' })).status).toBe(403);
  expect((await reader('POST', `${path}${id}/versions/1/restore/`)).status).toBe(403);
  expect((await writer('GET', path)).status).toBe(403);
  expect((await writer('GET', `${path}variables/`)).status).toBe(403);
  const sent = { channel: 'whatsapp', body: 'Hola' };
  expect((await reader('POST', `${path}preview/`, sent)).status).toBe(200);
});
