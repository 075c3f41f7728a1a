import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type {
  PreviewView,
  TemplateForContextView,
  VariablesView,
} from '#contracts/http/template-preview.dto.js';
import type { TemplatePage, TemplateView } from '#contracts/http/templates.dto.js';
import { variableNames } from '#domain/templates/variables.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { northId } from './resources/resource-case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

const examples = Object.fromEntries(variableNames.map((name) => [name, `«${name}»`]));

describe('a preview', () => {
  const preview = (body: object) =>
    call<PreviewView & ProblemView>('POST', `${path}preview/`, body);

  test.each([
    [
      { channel: 'email', subject: 'Su {{Vehículo}}', body: '<p>{{Nombre}}</p>' },
      { subject: 'Su «Vehículo»', text: '«Nombre»\n\n«Taller»\n' },
    ],
    [{ channel: 'whatsapp', body: '*{{Placa}}*' }, { text: '*«Placa»*' }],
    [
      { channel: 'push', title: '{{Fase}}', body: '{{Hora}}', link: '/v/{{Placa}}' },
      { title: '«Fase»', body: '«Hora»', url: expect.stringMatching(/\/v\/%C2%ABPlaca%C2%BB$/) },
    ],
  ])('of an unsaved text is what would leave: %j', async (text, message) => {
    const answer = await preview({ ...text, context: examples });
    expect(answer).toMatchObject({ status: 200, body: { message } });
    expect(answer.body.message.channel).toBe(text.channel);
  });

  test('of an e-mail has the HTML in its layout, values escaped', async () => {
    const text = { channel: 'email', subject: 'x', body: '<p>{{Nombre}}</p>' };
    const { body } = await preview({ ...text, context: { NOMBRE: '<b>Ana</b>' } });
    expect(body.message.html).toMatch(/^<!doctype html>/i);
    expect(body.message.html).toContain('<p>&lt;b&gt;Ana&lt;/b&gt;</p>');
    expect(body.variables).toEqual(expect.arrayContaining(['Nombre', 'Taller']));
  });

  test('takes keys whatever their case and accents, and fills the workshop itself', async () => {
    const body = '{{Vehículo}} {{Técnico}} {{Taller}}';
    const context = { VEHICULO: 'Haval', tecnico: 'Ana', otra: 'cosa' };
    const answer = await preview({ channel: 'whatsapp', body, context });
    expect(answer.body.message.text).toBe('Haval Ana Ambacar Service');
  });

  test('names each variable that is missing, and none that may be absent', async () => {
    const body = '{{Hora}} {{Nombre}} {{Fecha}}{% if Orden %}{{Orden}}{% endif %}';
    const answer = await preview({ channel: 'whatsapp', body, context: { nombre: 'Ana' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'missing_variables' } });
    expect(answer.body.errors).toEqual({
      'context.Hora': ['the whatsapp template needs {{Hora}}'],
      'context.Fecha': ['the whatsapp template needs {{Fecha}}'],
    });
  });

  test('of a stored one fills what a dispatch would, from the text in force', async () => {
    const { body: made } = await call<TemplateView>('POST', path, {
      name: 'x',
      channel: 'whatsapp',
      target: 'clients',
      service_type_id: 'avaluo-mg',
      phase_id: 'phase-reception',
      taller_id: 'taller-norte',
      body: '{{Fase}} {{Taller}}',
    });
    expect((await preview({ template_id: made.id })).body.message.text).toBe(
      'Recepción Taller Norte',
    );
    await call('PATCH', `${path}${made.id}/`, { body: 'Nuevo {{Placa}}' });
    const { body } = await preview({ template_id: made.id });
    expect(Object.keys(body.errors ?? {})).toEqual(['context.Placa']);
  });

  test.each([
    [{}, 'channel'],
    [{ channel: 'whatsapp' }, 'body'],
    [{ channel: 'sms', body: 'x' }, 'channel'],
    [{ channel: 'whatsapp', body: '{{Nadie}}' }, 'body'],
    [{ channel: 'whatsapp', body: 'x', title: 'x' }, 'title'],
    [{ channel: 'email', subject: 'x', body: '<script></script>' }, 'body'],
    [{ channel: 'whatsapp', body: 'x', context: { nombre: {} } }, 'context.nombre'],
    [{ channel: 'whatsapp', body: '{{Nombre}}', context: { nombre: 'x'.repeat(5000) } }, 'context'],
    [{ template_id: 'no-uuid' }, 'template_id'],
    [{ template_id: northId, body: 'x' }, 'template_id'],
    [{ channel: 'whatsapp', body: 'x', other: 1 }, 'other'],
  ])('is a 400 for %j, naming %s', async (body, field) => {
    const answer = await preview(body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors ?? {})).toEqual([field]);
  });

  test('404 for a template that there is not', async () => {
    expect((await preview({ template_id: northId })).status).toBe(404);
  });

  test('fills every template of the seed', async () => {
    for (const page of [1, 2]) {
      const { body } = await call<TemplatePage>('GET', `${path}?page_size=100&page=${page}`);
      for (const { id } of body.results) {
        expect((await preview({ template_id: id, context: examples })).status).toBe(200);
      }
    }
  });

  test('tells of every text that is saved what it would send, or why it would not', async () => {
    const piece = fc.constantFrom(
      ...variableNames.map((name) => `{{${name}}}`),
      ...['Hola ', '\n', '{% if Orden %}', '{% endif %}', '{{nombre}}', '<b>', '{{', '*', 'é'],
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 6 }), async (pieces) => {
        number += 1;
        const saved = await call<TemplateView & ProblemView>('POST', path, {
          name: 'x',
          channel: 'whatsapp',
          target: 'clients',
          service_type_id: 'avaluo-mg',
          phase_id: 'phase-quality',
          event_type: `propiedad_${number}`,
          body: pieces.join(''),
        });
        if (saved.status === 201) {
          const answer = await preview({ template_id: saved.body.id, context: examples });
          expect(answer.status).toBe(200);
        } else {
          expect(saved.status).toBe(400);
          expect(Object.keys(saved.body.errors ?? {})).toEqual(['body']);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the variables are told with their meaning and an example', async () => {
  const { status, body } = await call<VariablesView>('GET', `${path}variables/`);
  expect(status).toBe(200);
  expect(body.variables.map(({ name }) => name)).toEqual([...variableNames]);
  expect(body.variables[2]).toEqual({
    name: 'Vehículo',
    placeholder: '{{Vehículo}}',
    meaning_es: 'marca y modelo',
    meaning_en: 'make and model',
    example: 'Haval H6 2024',
  });
});

describe('the template for a context', () => {
  const wanted = {
    service_type: 'averia-revision',
    phase: 'phase-delivery',
    channel: 'whatsapp',
    target: 'clients',
  };
  const forContext = (query: Record<string, string>) =>
    call<TemplateForContextView & ProblemView>(
      'GET',
      `${path}for_context/?${new URLSearchParams(query)}`,
    );
  const create = async (changes: object) => {
    const { status, body } = await call<TemplateView>('POST', path, {
      name: 'x',
      channel: 'whatsapp',
      target: 'clients',
      service_type_id: 'averia-revision',
      phase_id: 'phase-delivery',
      body: 'x',
      ...changes,
    });
    expect(status).toBe(201);
    return body.id;
  };

  test('is the one that a dispatch chooses, step by step, and says why', async () => {
    const query = { ...wanted, subtype: 'averia-frenos', taller_id: 'taller-norte' };
    const steps: [string, object | null][] = [
      ['global_type', null],
      ['global_subtype', { subtype_id: 'averia-frenos' }],
      ['taller_type', { taller_id: 'taller-norte' }],
      ['taller_subtype', { subtype_id: 'averia-frenos', taller_id: northId }],
    ];
    for (const [source, changes] of steps) {
      const id = changes && (await create(changes));
      const answer = await forContext(query);
      expect(answer).toMatchObject({
        status: 200,
        body: {
          source,
          text_es: expect.stringMatching(/plantilla/i),
          text_en: expect.stringMatching(/template/),
        },
      });
      if (id) expect(answer.body.template.id).toBe(id);
      const dispatched = await call<{
        notifications: {
          decision: { channel: string; template: { id: string; source: string } }[];
        }[];
      }>('POST', dispatchPath, {
        ...exampleEvent({ service_type_id: 'averia-revision', phase_id: 'phase-delivery' }),
        subtype_id: 'averia-frenos',
        taller_id: 'taller-norte',
        event_type: 'some_event',
        dry_run: true,
      });
      const decision = dispatched.body.notifications
        .flatMap((notification) => notification.decision)
        .find(({ channel }) => channel === 'whatsapp');
      expect(decision?.template).toMatchObject({ id: answer.body.template.id, source });
    }
    // Another workshop and another subtype are not served by them.
    expect((await forContext({ ...wanted, taller_id: 'taller-sur' })).body.source).toBe(
      'global_type',
    );
  });

  test('prefers one that is written for the event', async () => {
    const id = await create({ event_type: 'vehicle_ready' });
    const answer = await forContext({ ...wanted, event_type: 'vehicle_ready' });
    expect(answer.body.template.id).toBe(id);
    expect((await forContext(wanted)).body.template.id).not.toBe(id);
  });

  test('404 where a dispatch would find none', async () => {
    const staff = { ...wanted, target: 'staff' };
    expect((await forContext(staff)).status).toBe(404);
    const id = await create({ target: 'staff' });
    expect((await forContext(staff)).status).toBe(200);
    await call('PATCH', `${path}${id}/`, { is_active: false });
    expect((await forContext(staff)).status).toBe(404);
  });

  test.each(['service_type', 'phase', 'subtype', 'taller_id'])(
    '404 for a %s that there is not',
    async (name) => {
      expect((await forContext({ ...wanted, [name]: 'nada' })).status).toBe(404);
    },
  );

  test.each([
    [{ service_type: undefined }, 'service_type'],
    [{ channel: 'sms' }, 'channel'],
    [{ color: 'red' }, 'color'],
  ])('400 for %j', async (change, field) => {
    const query = Object.entries({ ...wanted, ...change }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    const answer = await forContext(Object.fromEntries(query));
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors ?? {})).toEqual([field]);
  });
});
