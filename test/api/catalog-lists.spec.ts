import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhasePage, PhaseView } from '#contracts/http/phases.dto.js';
import type { ServiceTypePage } from '#contracts/http/service-types.dto.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { startTestApi, type TestApi } from './start-test-api.js';

const phases = '/api/v1/notifications/phases/';
const serviceTypes = '/api/v1/notifications/service-types/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

const slugsOf = (rows: readonly { slug: string }[]) => rows.map(({ slug }) => slug);

describe('phases', () => {
  test('are listed in order', async () => {
    const { status, body } = await call<PhasePage>('GET', phases);
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 5, next: null, previous: null });
    expect(body.results.map(({ order, slug, name, icon }) => [order, slug, name, icon])).toEqual([
      [1, 'phase-schedule', 'Agendar Cita', 'Calendar'],
      [2, 'phase-reception', 'Recepción', 'ClipboardCheck'],
      [3, 'phase-repair', 'Reparación', ''],
      [4, 'phase-quality', 'Control de Calidad', ''],
      [5, 'phase-delivery', 'Entrega', ''],
    ]);
  });

  test('are found by words without case and accents', async () => {
    const { body } = await call<PhasePage>('GET', `${phases}?search=RECEPCION`);
    expect(slugsOf(body.results)).toEqual(['phase-reception']);
  });
});

describe('service types', () => {
  test('are listed in order, each with its subtypes in order', async () => {
    const { body } = await call<ServiceTypePage>('GET', serviceTypes);
    expect(body.results.map(({ slug, subtypes }) => [slug, slugsOf(subtypes)])).toEqual([
      ['mantenimiento-preventivo', []],
      ['averia-revision', ['averia-frenos', 'averia-diagnostico', 'averia-alineacion']],
      ['colision-pintura', ['colision-siniestro', 'colision-golpe', 'colision-pintura']],
      ['avaluo-comercial', []],
      ['avaluo-mg', []],
    ]);
  });
});

describe.each([
  ['phases', phases, 'phase-repair'],
  ['service types', serviceTypes, 'averia-revision'],
])('%s', (_, path, slug) => {
  test('are read by slug and by UUID alike, with an ETag', async () => {
    const bySlug = await call<PhaseView>('GET', `${path}${slug}/`);
    expect(bySlug).toMatchObject({ status: 200, body: { slug } });
    const { id } = bySlug.body;
    for (const reference of [id, id.toUpperCase()]) {
      expect((await call('GET', `${path}${reference}`)).body).toEqual(bySlug.body);
    }
    const etag = bySlug.headers.get('etag') ?? '';
    const again = await call('GET', `${path}${slug}/`, undefined, { 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  test('404 for what there is not, 400 for what cannot be', async () => {
    for (const reference of ['no-such', '0190aaaa-0000-7000-8000-0000000000ff']) {
      expect((await call('GET', `${path}${reference}/`)).status).toBe(404);
    }
    for (const reference of ['no%20such', '%00', 'x'.repeat(101), "'"]) {
      const { status, body } = await call('GET', `${path}${reference}/`);
      expect([reference, status, body.errors]).toEqual([
        reference,
        400,
        { id: ['must be a UUID or a slug'] },
      ]);
    }
  });

  test('405 for every method that would change them', async () => {
    for (const [method, target] of [
      ['POST', path],
      ['PUT', `${path}${slug}/`],
      ['PATCH', `${path}${slug}/`],
      ['DELETE', `${path}${slug}/`],
    ] as const) {
      const { status, body, headers } = await call(method, target, {});
      expect([method, status, body.code]).toEqual([method, 405, 'method_not_allowed']);
      expect(headers.get('allow')).toContain('GET');
    }
  });

  test('are paged in every ordering; an unknown filter or ordering is a 400', async () => {
    for (const ordering of ['order', '-order', 'name', '-name', 'slug', '-slug']) {
      const first = await call<PhasePage>('GET', `${path}?page_size=3&ordering=${ordering}`);
      const second = await call<PhasePage>('GET', (first.body.next ?? '').replace(api.url, ''));
      const seen = slugsOf([...first.body.results, ...second.body.results]);
      expect(new Set(seen).size).toBe(5);
      expect(second.body.next).toBeNull();
    }
    for (const query of ['ordering=icon', 'is_active=true', 'page_size=0', 'taller_id=null']) {
      expect((await call('GET', `${path}?${query}`)).status).toBe(400);
    }
  });
});
