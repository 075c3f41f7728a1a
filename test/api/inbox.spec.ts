import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NoticePage, NoticeView, UnreadNotices } from '#contracts/http/inbox.dto.js';
import { StaffInbox } from '#infrastructure/persistence/inbox/staff-inbox.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { northId, southId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const root = '/api/v1/notifications/inbox/';
let api: TestApi;
let inbox: StaffInbox;
let all: JsonCaller;
let other: JsonCaller;
let north: JsonCaller;

beforeAll(async () => {
  api = await startTestApi({ ADMIN_EMAILS: 'jefe@example.com', RATE_LIMIT_PER_MINUTE: '0' });
  inbox = new StaffInbox(api.dataSource);
  ({ call: all } = await callerWithKey(api, ['read', 'dispatch', 'admin']));
  ({ call: other } = await callerWithKey(api, ['read']));
  ({ call: north } = await callerWithKey(api, ['read'], northId));
});
afterAll(() => api.close());

/** Tells staff of an event; gives back its id, which is the notice's. */
async function tellStaff(changes: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await all('POST', dispatchPath, {
    ...exampleEvent({ target: 'staff', ...changes }),
  });
  expect({ status, body }).toMatchObject({ status: 202 });
  await inbox.newest();
  return String(body.event_id);
}
const list = async (query = '', call = all) =>
  (await call<NoticePage>('GET', `${root}?page_size=100${query}`)).body.results;
const idsOf = (notices: readonly NoticeView[]) => notices.map(({ id }) => id);
const unread = async (call = all) =>
  (await call<UnreadNotices>('GET', `${root}unread/`)).body.unread;

describe('the inbox of staff', () => {
  test('has one notice of each event for them, in the words of the event, and none of a customer’s', async () => {
    const id = await tellStaff();
    await all('POST', dispatchPath, exampleEvent());
    const [notice, ...more] = await list();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      id,
      event_id: id,
      kind: 'event',
      title_es: 'Agendar Cita · Mantenimiento Preventivo',
      text_es: 'Carlos Mendoza · Haval H6 2024 · ABC123 · 20 de Enero, 2026 · 14:30',
      phase: { slug: 'phase-schedule', order: 1 },
      is_read: false,
    });
  });

  test('is told newest first, narrowed to workshop, phase and what is unread', async () => {
    const ofNorth = await tellStaff({ taller_id: northId });
    const repair = await tellStaff({ phase_id: 'phase-repair', event_type: 'repair_started' });
    expect(idsOf(await list()).slice(0, 2)).toEqual([repair, ofNorth]);
    expect(idsOf(await list('&taller_id=taller-norte'))).toEqual([ofNorth]);
    expect(idsOf(await list('&phase_id=phase-repair'))).toEqual([repair]);
    expect(idsOf(await list('&taller_id=null'))).not.toContain(ofNorth);
    await all('POST', `${root}${repair}/read/`);
    expect(idsOf(await list('&unread=true'))).not.toContain(repair);
    expect(idsOf(await list('&unread=false'))).toEqual([repair]);
    expect((await all('GET', `${root}?search=x`)).status).toBe(400);
    expect((await all('GET', `${root}?phase_id=none`)).status).toBe(400);
  });

  test('shows the key of a workshop that workshop’s own, to read and to mark', async () => {
    const own = await tellStaff({ taller_id: northId });
    const foreign = await tellStaff({ taller_id: southId });
    const seen = await list('', north);
    expect(idsOf(seen)).toContain(own);
    expect(seen.filter(({ taller_id }) => taller_id !== northId)).toEqual([]);
    expect((await north('POST', `${root}${own}/read/`)).body).toMatchObject({ is_read: true });
    expect((await north('POST', `${root}${foreign}/read/`)).status).toBe(404);
  });

  test('keeps marks of each caller for itself, one and all', async () => {
    const one = await tellStaff();
    const before = { all: await unread(), other: await unread(other) };
    await all('POST', `${root}${one}/read/`);
    await all('POST', `${root}${one}/read/`);
    expect(await unread()).toBe(before.all - 1);
    expect(await unread(other)).toBe(before.other);
    expect((await all('POST', `${root}read-all/`)).body).toMatchObject({ unread: 0 });
    expect(await unread(other)).toBe(before.other);
    await tellStaff();
    expect(await unread()).toBe(1);
  });

  test('marks as read what was seen, and nothing that came after', async () => {
    await tellStaff();
    const [{ number: seen } = { number: 0 }] = await list();
    const late = await tellStaff({ taller_id: northId });
    await all('POST', `${root}read-all/`, { up_to: seen });
    expect(idsOf(await list('&unread=true'))).toEqual([late]);
    await all('POST', `${root}read-all/`, { taller_id: 'taller-sur' });
    expect(await unread()).toBe(1);
    await all('POST', `${root}read-all/`, {
      taller_id: 'taller-norte',
      phase_id: 'phase-schedule',
    });
    expect(await unread()).toBe(0);
  });
});
