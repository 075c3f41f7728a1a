import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TemplateVersionPage } from '#contracts/http/template-versions.dto.js';
import type { TemplateView } from '#contracts/http/templates.dto.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

let made = 0;
async function create(text: object): Promise<TemplateView> {
  made += 1;
  const answer = await call<TemplateView>('POST', path, {
    name: `Prueba ${made}`,
    target: 'clients',
    service_type_id: 'averia-revision',
    phase_id: 'phase-repair',
    event_type: `prueba_${made}`,
    ...text,
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}
const aWhatsapp = (body = 'Hola, {{Nombre}}') => ({ channel: 'whatsapp', body });

describe('versions', () => {
  const versionsOf = async (id: string) =>
    (await call<TemplateVersionPage>('GET', `${path}${id}/versions/`)).body;

  test('every change of the text makes one, and nothing else does', async () => {
    const { id } = await create(aWhatsapp('uno'));
    const patch = (change: object) => call<TemplateView>('PATCH', `${path}${id}/`, change);
    expect((await patch({ body: 'dos {{Placa}}' })).body.version).toBe(2);
    expect((await patch({ name: 'Otro', is_active: false })).body.version).toBe(2);
    expect((await patch({ body: 'dos {{Placa}}' })).body.version).toBe(2);
    expect((await patch({ body: 'tres {{Nadie}}' })).status).toBe(400);
    expect((await patch({ body: 'tres' })).body.version).toBe(3);
    expect(await versionsOf(id)).toMatchObject({
      count: 3,
      results: [
        { version: 3, body: 'tres', is_current: true, template_id: id },
        { version: 2, body: 'dos {{Placa}}', is_current: false, variables: ['Placa'] },
        { version: 1, body: 'uno', is_current: false },
      ],
    });
    const found = await call<TemplateVersionPage>('GET', `${path}${id}/versions/?search=DOS`);
    expect(found.body.results.map(({ version }) => version)).toEqual([2]);
  });

  test('an old one can be read and restored, as a new one', async () => {
    const { id } = await create({
      channel: 'email',
      subject: 'Su {{Vehículo}}',
      body: '<p>Hola</p>',
      text: 'A mano',
    });
    const changed = await call<TemplateView>('PATCH', `${path}${id}/`, {
      subject: 'Otro',
      text: null,
    });
    const old = await call('GET', `${path}${id}/versions/1/`);
    expect(old).toMatchObject({
      status: 200,
      body: { subject: 'Su {{Vehículo}}', text: 'A mano' },
    });
    const stale = { 'if-match': '"old"' };
    const restore = (headers = {}) =>
      call<TemplateView>('POST', `${path}${id}/versions/1/restore/`, undefined, headers);
    expect((await restore(stale)).status).toBe(412);
    const restored = await restore({ 'if-match': changed.headers.get('etag') ?? '' });
    expect(restored).toMatchObject({
      status: 200,
      body: { id, version: 3, subject: 'Su {{Vehículo}}', text: 'A mano' },
    });
    const read = await call('GET', `${path}${id}/`);
    expect(read.headers.get('etag')).toBe(restored.headers.get('etag'));
    // The text in force is that of version 1 now.
    expect((await restore()).body.version).toBe(3);
    expect((await versionsOf(id)).count).toBe(3);
  });

  test('404 for one that there is not, 400 for what is no number', async () => {
    const { id } = await create(aWhatsapp());
    const statusOf = async (version: string) =>
      (await call('GET', `${path}${id}/versions/${version}/`)).status;
    expect(await statusOf('2')).toBe(404);
    expect((await call('POST', `${path}${id}/versions/9/restore/`)).status).toBe(404);
    for (const version of ['0', '-1', 'x', '99999999999']) {
      expect([version, await statusOf(version)]).toEqual([version, 400]);
    }
  });

  test('of two edits of one state the first makes a version, the other is told', async () => {
    const { id } = await create(aWhatsapp());
    const etag = (await call('GET', `${path}${id}/`)).headers.get('etag') ?? '';
    const edits = ['uno', 'dos'].map((body) =>
      call('PATCH', `${path}${id}/`, { body }, { 'if-match': etag }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
    expect((await versionsOf(id)).count).toBe(2);
  });

  test('edits without If-Match at the same moment each make one, none is lost', async () => {
    const { id } = await create(aWhatsapp());
    const bodies = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(bodies.map((body) => call('PATCH', `${path}${id}/`, { body })));
    const { results } = await versionsOf(id);
    expect(results.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(
      results
        .slice(0, 6)
        .map(({ body }) => body)
        .sort(),
    ).toEqual(bodies);
  });
});
