import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditPage } from '#contracts/http/audit.dto.js';
import type { OrchestrationView } from '#contracts/http/orchestration.dto.js';
import { Changes } from '#infrastructure/persistence/changes.js';
import { tallerTable } from '#infrastructure/persistence/schema/taller.schema.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/audit/';
const orchestration = '/api/v1/notifications/orchestration/';
let api: TestApi;
let admin: JsonCaller;
let adminId: string;
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  ({ call: admin, keyId: adminId } = await callerWithKey(api, ['admin'], null, 'Consola'));
});
afterAll(() => api.close());

const entries = async (query: string, by = admin) => {
  const { status, body } = await by<AuditPage>('GET', `${path}?${query}`);
  expect(status).toBe(200);
  return body.results;
};
const cell = (phase_id: string, channel: string, enabled: boolean, priority: number) => ({
  phase_id,
  channel,
  enabled,
  priority,
});
async function makeConfig(by: JsonCaller, members: object): Promise<OrchestrationView> {
  const body = { service_type_id: 'avaluo-mg', target: 'clients', ...members };
  return (await by<OrchestrationView>('POST', orchestration, body)).body;
}

describe('the audit trail', () => {
  test('tells who changed which cell, from what to what, and nothing of cells that stayed', async () => {
    const { id, service_type_id } = await makeConfig(admin, { taller_id: northId });
    const update = async (matrix: unknown, requestId: string) => {
      const headers = { 'x-request-id': requestId };
      const target = `${orchestration}${id}/update_matrix/`;
      expect((await admin('POST', target, { matrix }, headers)).status).toBe(200);
    };
    const stays = cell('phase-repair', 'push', true, 2);
    await update([stays, cell('phase-repair', 'email', true, 1)], 'first-edit');
    await update([stays, cell('phase-quality', 'push', false, 4)], 'second-edit');
    await update([stays, cell('phase-quality', 'push', true, 4)], 'third-edit');
    await update([stays, cell('phase-quality', 'push', true, 4)], 'no-edit');

    const told = await entries(`resource=orchestration&resource_id=${id}&ordering=at`);
    for (const { author, resource, resource_id, taller_id } of told) {
      expect({ author, resource, resource_id, taller_id }).toEqual({
        author: { id: adminId, name: 'Consola' },
        resource: 'orchestration',
        resource_id: id,
        taller_id: northId,
      });
    }
    const [made, ...edits] = told.map(({ request_id, action, changes }) => ({
      request_id,
      action,
      changes,
    }));
    expect(made).toMatchObject({
      action: 'created',
      changes: {
        service_type_id: { from: null, to: service_type_id },
        target: { from: null, to: 'clients' },
      },
    });
    expect(edits).toEqual([
      {
        request_id: 'first-edit',
        action: 'cell_created',
        changes: {
          'matrix.phase-repair.push.enabled': { from: null, to: true },
          'matrix.phase-repair.push.priority': { from: null, to: 2 },
        },
      },
      {
        request_id: 'first-edit',
        action: 'cell_created',
        changes: {
          'matrix.phase-repair.email.enabled': { from: null, to: true },
          'matrix.phase-repair.email.priority': { from: null, to: 1 },
        },
      },
      {
        request_id: 'second-edit',
        action: 'cell_created',
        changes: {
          'matrix.phase-quality.push.enabled': { from: null, to: false },
          'matrix.phase-quality.push.priority': { from: null, to: 4 },
        },
      },
      {
        request_id: 'second-edit',
        action: 'cell_deleted',
        changes: {
          'matrix.phase-repair.email.enabled': { from: true, to: null },
          'matrix.phase-repair.email.priority': { from: 1, to: null },
        },
      },
      {
        request_id: 'third-edit',
        action: 'cell_changed',
        changes: { 'matrix.phase-quality.push.enabled': { from: false, to: true } },
      },
    ]);
  });

  test('keeps nothing of a change that was refused', async () => {
    const { id } = await makeConfig(admin, { taller_id: southId });
    const before = await entries(`resource_id=${id}`);
    const matrix = [cell('phase-repair', 'push', true, 1), cell('no-such', 'push', true, 1)];
    expect((await admin('POST', `${orchestration}${id}/update_matrix/`, matrix)).status).toBe(400);
    expect(await entries(`resource_id=${id}`)).toEqual(before);
  });

  test('tells that a secret was set, and never which', async () => {
    const guarded = { ...tallerTable, audit: { resource: 'guarded', secret: ['name' as const] } };
    const author = { id: 'tester', name: 'Prueba', requestId: null };
    await new Changes(api.dataSource).run(author, async (change) => {
      await change.update(guarded, { id: northId }, (row) => {
        row.name = 'hunter2';
      });
    });
    const [entry] = await entries('resource=guarded');
    expect(entry?.changes).toEqual({ name: { from: 'set', to: 'set' } });
    const kept = await api.dataSource.query('SELECT a::text AS text FROM audit_entry a');
    expect(JSON.stringify(kept)).not.toContain('hunter2');
  });

  test('is told newest first, and found by author, action, resource, time and words', async () => {
    const { id } = await makeConfig(admin, {
      service_type_id: 'avaluo-comercial',
      taller_id: northId,
    });
    await admin('PATCH', `${orchestration}${id}/`, { is_active: false });
    await admin('DELETE', `${orchestration}${id}/`);
    const actions = async (query: string) =>
      (await entries(`resource_id=${id}&${query}`)).map(({ action }) => action);
    expect(await actions('')).toEqual(['deleted', 'changed', 'created']);
    expect(await actions('ordering=at')).toEqual(['created', 'changed', 'deleted']);
    expect(await actions('action=changed')).toEqual(['changed']);
    expect(await actions(`author_id=${adminId}&search=CONSOLA`)).toHaveLength(3);
    expect(await actions('author_id=someone')).toEqual([]);
    expect(await actions('resource=taller')).toEqual([]);
    expect(await actions('created_after=2050-01-01T00:00:00Z')).toEqual([]);
    expect(await actions('created_before=2050-01-01T00:00:00Z')).toHaveLength(3);
    for (const query of ['ordering=action', 'created_after=ayer', 'customer_id=1']) {
      expect((await admin('GET', `${path}?${query}`)).status).toBe(400);
    }
  });

  test("tells a workshop's key of that workshop alone, and needs the scope admin", async () => {
    await makeConfig(admin, { service_type_id: 'colision-pintura', taller_id: southId });
    const { call: south } = await callerWithKey(api, ['admin'], southId);
    const seen = await entries('page_size=100', south);
    expect(new Set(seen.map(({ taller_id }) => taller_id))).toEqual(new Set([southId]));
    const { call: writer } = await callerWithKey(api, ['read', 'write']);
    expect((await writer('GET', path)).status).toBe(403);
    expect((await admin('POST', path, {})).status).toBe(405);
  });
});
