import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { StaffMemberPage, StaffMemberView } from '#contracts/http/staff-members.dto.js';
import { callerWithKey, type JsonCaller, jsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/staff-members/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

const member = (more: object = {}) => ({ name: 'Verónica', taller_id: northId, ...more });
async function make(more: object = {}): Promise<StaffMemberView> {
  const { status, body } = await call<StaffMemberView>('POST', path, member(more));
  expect(status).toBe(201);
  return body;
}
const change = (method: string, { id }: StaffMemberView, body: object) =>
  call<StaffMemberView & ProblemView>(method, `${path}${id}/`, body);
const open = { enabled: true, priority: null, consent: true, consent_withdrawn_at: null };

describe('a member of staff', () => {
  test('follows phases by slug or UUID, each once, told in order', async () => {
    const phases = await api.dataSource.query('SELECT id, slug FROM phase ORDER BY "order"');
    const [schedule, reception, repair] = phases.map(({ id }: { id: string }) => id);
    const made = await make({ phase_ids: [repair, 'phase-schedule', schedule] });
    expect(made.phase_ids).toEqual([schedule, repair]);
    const patched = await change('PATCH', made, { phase_ids: ['phase-reception'] });
    expect(patched.body.phase_ids).toEqual([reception]);
    const other = await change('PATCH', made, { name: 'Otra' });
    expect(other.body.phase_ids).toEqual([reception]);
    const put = await change('PUT', made, member());
    expect(put.body.phase_ids).toEqual([]);
    const { status, body } = await change('PATCH', made, {
      phase_ids: ['phase-repair', 'no-such', 'nor-this'],
    });
    expect([status, Object.keys(body.errors ?? {})]).toEqual([400, ['phase_ids.1', 'phase_ids.2']]);
  });

  test('is found by the phases that it follows', async () => {
    const made = await make({ phase_ids: ['phase-quality'] });
    const other = await make({ phase_ids: ['phase-delivery'] });
    const { body } = await call<StaffMemberPage>('GET', `${path}?phase_id=phase-quality`);
    const ids = body.results.map(({ id }) => id);
    expect(ids).toContain(made.id);
    expect(ids).not.toContain(other.id);
  });

  test('prefers channels; what a PATCH leaves out stays, a PUT gives it back its default', async () => {
    const made = await make({ preferences: { push: { enabled: false }, email: { priority: 1 } } });
    expect(made.preferences).toEqual({
      email: { ...open, priority: 1 },
      whatsapp: open,
      push: { ...open, enabled: false },
    });
    const { body } = await change('PATCH', made, { preferences: { email: { enabled: false } } });
    expect(body.preferences).toEqual({
      email: { ...open, enabled: false, priority: 1 },
      whatsapp: open,
      push: { ...open, enabled: false },
    });
    expect(body.updated_at > made.updated_at).toBe(true);
    const put = await change('PUT', made, member({ preferences: { push: { priority: 2 } } }));
    expect(put.body.preferences).toEqual({
      email: open,
      whatsapp: open,
      push: { ...open, priority: 2 },
    });
  });

  test('gets a consent that was withdrawn back by its own word alone', async () => {
    const made = await make({ preferences: { whatsapp: { consent: false } } });
    const { whatsapp } = made.preferences;
    expect(whatsapp).toMatchObject({ consent: false, consent_withdrawn_at: expect.any(String) });
    const put = await change('PUT', made, member());
    expect(put.body.preferences.whatsapp).toEqual(whatsapp);
    const again = await change('PATCH', made, { preferences: { whatsapp: { consent: false } } });
    expect(again.body.preferences.whatsapp).toEqual(whatsapp);
    const given = await change('PATCH', made, { preferences: { whatsapp: { consent: true } } });
    expect(given.body.preferences.whatsapp).toEqual(open);
  });

  test('has its number in E.164, read as of its workshop', async () => {
    await api.dataSource.query(`UPDATE taller SET country = 'MX' WHERE id = $1`, [southId]);
    const here = await make({ phone: '099 123 4567' });
    expect(here.phone).toBe('+593991234567');
    const there = await make({ phone: '55 1234 5678', taller_id: 'taller-sur' });
    expect(there).toMatchObject({ phone: '+525512345678', taller_id: southId });
    const patched = await change('PATCH', there, { phone: '55 8765 4321' });
    expect(patched.body.phone).toBe('+525587654321');
    expect((await change('PATCH', here, { phone: '55 1234 5678' })).status).toBe(400);
  });

  test('is told of nothing once it is gone, and its choices go with it', async () => {
    const made = await make({
      phase_ids: ['phase-repair'],
      preferences: { push: { priority: 1 } },
    });
    expect((await call('DELETE', `${path}${made.id}/`)).status).toBe(204);
    for (const table of ['staff_phase', 'staff_preference']) {
      const left = `SELECT FROM ${table} WHERE staff_member_id = $1`;
      expect(await api.dataSource.query(left, [made.id])).toEqual([]);
    }
  });

  test('leaves nothing of itself in the audit trail or the log', async () => {
    const made = await make({ name: 'Secreta Persona', email: 'secreta.persona@example.com' });
    await change('PATCH', made, { phone: '0991234599', phase_ids: ['phase-repair'] });
    await call('GET', `${path}?search=secreta`);
    const entries = await api.dataSource.query('SELECT changes, resource FROM audit_entry');
    for (const kept of [JSON.stringify(entries), JSON.stringify(api.log)]) {
      expect(kept).not.toMatch(/secreta|991234599/i);
    }
  });
});

describe('the key of a workshop', () => {
  let keys: TestApi;
  beforeAll(async () => {
    keys = await startTestApi({ API_AUTH: 'keys' });
  });
  afterAll(() => keys.close());

  test('sees and changes its own people alone', async () => {
    const { call: north } = await callerWithKey(keys, ['admin'], northId);
    const { call: everyone } = await callerWithKey(keys, ['admin']);
    const own = await north<StaffMemberView>('POST', path, { name: 'Propia' });
    expect(own).toMatchObject({ status: 201, body: { taller_id: northId } });
    const foreign = await everyone<StaffMemberView>('POST', path, member({ taller_id: southId }));
    expect((await north('POST', path, member({ taller_id: 'taller-sur' }))).status).toBe(403);

    const list = await north<StaffMemberPage>('GET', path);
    expect(list.body.results.map(({ id }) => id)).toEqual([own.body.id]);
    const filtered = await north<StaffMemberPage>('GET', `${path}?taller_id=taller-sur`);
    expect(filtered.body.results).toEqual([]);

    const target = `${path}${foreign.body.id}/`;
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', { name: 'Otra' }],
      ['PATCH', { name: 'Otra' }],
      ['DELETE', undefined],
    ] as const) {
      expect([method, (await north(method, target, body)).status]).toEqual([method, 404]);
    }
    const mine = `${path}${own.body.id}/`;
    expect((await north('PATCH', mine, { taller_id: southId })).status).toBe(403);
    expect((await north('PUT', mine, { name: 'Otra' })).status).toBe(200);
    expect((await north('DELETE', mine)).status).toBe(204);
  });

  test('reads with the scope read, and changes with admin alone', async () => {
    const { call: writer } = await callerWithKey(keys, ['read', 'write']);
    expect((await writer('GET', path)).status).toBe(200);
    expect((await writer('POST', path, member())).status).toBe(403);
  });
});
