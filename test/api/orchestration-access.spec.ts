import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { OrchestrationPage, OrchestrationView } from '#contracts/http/orchestration.dto.js';
import { callerWithKey, type JsonCaller, jsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/orchestration/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

describe('a dispatch right after an edit', () => {
  test('follows the matrix as it is then', async () => {
    const seeded = await call<OrchestrationPage>(
      'GET',
      `${path}?service_type_id=mantenimiento-preventivo&target=clients&taller_id=null`,
    );
    const [config] = seeded.body.results;
    const matrix = config?.matrix ?? [];
    const planned = async () => {
      const answer = await call<DispatchReceipt>('POST', dispatchPath, exampleEvent());
      expect(answer.status).toBe(202);
      return answer.body.notifications.map((notification) => notification.channels);
    };
    expect(matrix).toHaveLength(15);
    expect(await planned()).toEqual([['whatsapp', 'email']]);
    const off = matrix.map((each) => ({ ...each, enabled: each.channel !== 'whatsapp' }));
    await call('POST', `${path}${config?.id}/update_matrix/`, off);
    expect(await planned()).toEqual([['email']]);
    await call('POST', `${path}${config?.id}/update_matrix/`, matrix);
    expect(await planned()).toEqual([['whatsapp', 'email']]);
  });
});

describe('the key of a workshop', () => {
  let keys: TestApi;
  let north: JsonCaller;
  let everyone: JsonCaller;
  beforeAll(async () => {
    keys = await startTestApi({ API_AUTH: 'keys' });
    ({ call: north } = await callerWithKey(keys, ['read', 'write'], northId));
    ({ call: everyone } = await callerWithKey(keys, ['read', 'write']));
  });
  afterAll(() => keys.close());
  const body = (taller_id?: string | null) => ({
    service_type_id: 'avaluo-mg',
    target: 'clients',
    ...(taller_id === undefined ? {} : { taller_id }),
  });

  test('makes its own alone, reads global ones too, and changes only its own', async () => {
    const own = await north<OrchestrationView>('POST', path, body());
    expect(own).toMatchObject({ status: 201, body: { taller_id: northId } });
    for (const foreign of [null, southId, 'taller-sur']) {
      expect((await north('POST', path, body(foreign))).status).toBe(403);
    }
    const south = await everyone<OrchestrationView>('POST', path, body(southId));
    const list = await north<OrchestrationPage>('GET', `${path}?page_size=100`);
    expect(new Set(list.body.results.map(({ taller_id }) => taller_id))).toEqual(
      new Set([null, northId]),
    );
    const [global] = list.body.results;
    expect((await north('GET', `${path}${global?.id}/`)).status).toBe(200);

    for (const [id, status] of [
      [global?.id, 403],
      [south.body.id, 404],
    ]) {
      for (const [method, target, sent] of [
        ['PUT', '', body()],
        ['PATCH', '', { is_active: false }],
        ['POST', 'update_matrix/', []],
        ['POST', 'initialize_phases/', undefined],
        ['DELETE', '', undefined],
      ] as const) {
        const answer = await north(method, `${path}${id}/${target}`, sent);
        expect([method, target, answer.status]).toEqual([method, target, status]);
      }
    }
    expect((await north('GET', `${path}${south.body.id}/`)).status).toBe(404);
    const mine = `${path}${own.body.id}/`;
    expect((await north('PATCH', mine, { taller_id: null })).status).toBe(403);
    expect((await north('POST', `${mine}update_matrix/`, [])).status).toBe(200);
    expect((await north('DELETE', mine)).status).toBe(204);
  });

  test('403 for edits by a key that may only read', async () => {
    const { call: reader } = await callerWithKey(keys, ['read']);
    const { body: page } = await reader<OrchestrationPage>('GET', path);
    const id = page.results[0]?.id;
    expect((await reader('POST', `${path}${id}/update_matrix/`, [])).status).toBe(403);
    expect((await reader('POST', `${path}${id}/initialize_phases/`)).status).toBe(403);
  });
});
