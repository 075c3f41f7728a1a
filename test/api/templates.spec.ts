import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { TemplatePage, TemplateView } from '#contracts/http/templates.dto.js';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import { deliveryPolicies } from '#domain/delivery/delivery-policy.js';
import { Slots } from '#domain/delivery/slots.js';
import { FixedChance, ScriptedSender } from '#domain/testing/scripted-sender.js';
import { PostgresDeliveryLedger } from '#infrastructure/persistence/postgres-delivery-ledger.js';
import { PostgresTemplateLibrary } from '#infrastructure/persistence/postgres-template-library.js';
import { LiquidTemplateEngine } from '#infrastructure/templates/liquid-template-engine.js';
import { type JsonCaller, jsonCaller } from './json-caller.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

const path = '/api/v1/notifications/templates/';
let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

let made = 0;
const place = () => {
  made += 1;
  return {
    name: `Prueba ${made}`,
    target: 'clients',
    service_type_id: 'averia-revision',
    phase_id: 'phase-repair',
    event_type: `prueba_${made}`,
  };
};
const anEmail = (changes: object = {}) => ({
  ...place(),
  channel: 'email',
  subject: 'Su {{Vehículo}}',
  body: '<p>Hola, {{Nombre}}</p>',
  ...changes,
});
const aWhatsapp = (changes: object = {}) => ({
  ...place(),
  channel: 'whatsapp',
  body: 'Hola, {{Nombre}}',
  ...changes,
});
async function create(body: object): Promise<TemplateView> {
  const answer = await call<TemplateView>('POST', path, body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}
const refused = async (body: object) => {
  const answer = await call<ProblemView>('POST', path, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  return answer.body.errors;
};

describe('a saved text', () => {
  test('is told part by part, with its variables and its place by id and slug', async () => {
    const body = '{% if Orden %}<p>{{Orden}}</p>{% endif %}<p>{{ Nombre }}</p>';
    expect(await create(anEmail({ body, subtype_id: 'averia-frenos' }))).toMatchObject({
      channel: 'email',
      subject: 'Su {{Vehículo}}',
      title: null,
      body,
      text: null,
      link: null,
      variables: ['Nombre', 'Vehículo', 'Orden'],
      service_type_slug: 'averia-revision',
      phase_slug: 'phase-repair',
      subtype_slug: 'averia-frenos',
      taller_id: null,
      taller_slug: null,
      version: 1,
    });
  });

  test('that names no variable of ours is refused at line and column, in every part', async () => {
    const body = '<p>Hola</p>\n<p>\n   Llame al {{Telefono}}</p>';
    expect(
      await refused(anEmail({ subject: '{{vehiculo}}', body, text: 'Hola\n{{Nombre' })),
    ).toEqual({
      subject: ['line 1, column 3: {{vehiculo}} is no variable; did you mean {{Vehículo}}?'],
      body: [
        expect.stringMatching(
          /^line 3, column 15: \{\{Telefono\}\} is no variable; known are \{\{Nombre\}\} /,
        ),
      ],
      text: [expect.stringMatching(/^line 2, column 1: /)],
    });
  });

  test.each([
    ['<script>alert(1)</script>', 'line 1, column 1: <script> is not allowed'],
    ['<p>x</p>\n<p onclick="alert(1)">x</p>', 'line 2, column 4: onclick is not allowed on <p>'],
    ['<a href="javascript:alert(1)">x</a>', 'must begin with https://'],
    ['<iframe src="https://evil.example"></iframe>', '<iframe> is not allowed'],
    ['<form></form>', '<form> is not allowed'],
  ])('of an e-mail may not hold %j', async (body, why) => {
    expect(await refused(anEmail({ body }))).toMatchObject({
      body: expect.arrayContaining([expect.stringContaining(why)]),
    });
  });

  test.each([
    ['an e-mail without a subject', anEmail({ subject: null }), 'subject'],
    ['a subject of two lines', anEmail({ subject: 'uno\ndos' }), 'subject'],
    ['a WhatsApp text past its limit', aWhatsapp({ body: 'x'.repeat(4097) }), 'body'],
    ['a title of an e-mail', anEmail({ title: 'x' }), 'title'],
  ])('may not be %s', async (_, body, member) => {
    expect(Object.keys((await refused(body)) ?? {})).toEqual([member]);
  });

  test('may not take the place of another', async () => {
    const first = anEmail();
    await create(first);
    expect(await refused(first)).toEqual({
      phase_id: [expect.stringContaining('has a template already')],
    });
  });

  test('never changes its channel', async () => {
    const { id } = await create(anEmail());
    const answer = await call<ProblemView>('PATCH', `${path}${id}/`, { channel: 'whatsapp' });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: { channel: [expect.stringContaining('never changes')] } },
    });
  });

  test('is there for a workshop that is not active, too', async () => {
    await api.dataSource.query(`INSERT INTO taller (id, slug, name, is_active)
      VALUES (gen_random_uuid(), 'taller-cerrado', 'Taller Cerrado', false)`);
    const { id } = await create(anEmail({ taller_id: 'taller-cerrado' }));
    const { body } = await call<TemplatePage>('GET', `${path}?taller_id=taller-cerrado`);
    expect(body.results.map((template) => template.id)).toEqual([id]);
  });

  test('is found by its words, whatever their case and accents', async () => {
    const { id } = await create(aWhatsapp({ body: 'El camión ñoño de {{Nombre}} llegó' }));
    const { body } = await call<TemplatePage>('GET', `${path}?search=CAMION%20nono`);
    expect(body.results.map((template) => template.id)).toEqual([id]);
  });
});

describe('what is sent', () => {
  const event = () => {
    const { event_type, ...where } = place();
    return {
      ...where,
      event_type,
      channel: 'email',
      subject: 'Primero',
      body: '<p>x {{Placa}}</p>',
    };
  };
  const dispatch = async (eventType: string) => {
    const answer = await call<{ notifications: { notification_id: string }[] }>(
      'POST',
      dispatchPath,
      exampleEvent({
        event_type: eventType,
        service_type_id: 'averia-revision',
        phase_id: 'phase-repair',
        customer_id: 'customer-norte',
      }),
    );
    expect(answer).toMatchObject({ status: 202 });
    return answer.body.notifications.map(({ notification_id }) => notification_id);
  };
  async function deliver(notificationIds: string[]) {
    const messages = await api.dataSource.query<{ id: string }[]>(
      'SELECT id FROM message WHERE notification_id = ANY($1::uuid[])',
      [notificationIds],
    );
    const sender = new ScriptedSender('email');
    const delivery = new DeliverMessages(
      new PostgresDeliveryLedger(api.dataSource, { wake: () => undefined }),
      new Map([['email', sender]]),
      new PostgresTemplateLibrary(api.dataSource, new LiquidTemplateEngine()),
      deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 }),
      'https://app.example.com',
      new FixedChance(),
    );
    await delivery.execute(
      'email',
      messages.map(({ id }) => id),
      new Slots(8),
    );
    return sender.sent.map(({ content }) => content);
  }

  test('is the new text in the first dispatch after a save, and the old for what was accepted', async () => {
    const template = event();
    const { id } = await create(template);
    const before = await dispatch(template.event_type);
    await call('PATCH', `${path}${id}/`, { subject: 'Segundo' });
    const after = await dispatch(template.event_type);
    expect(await deliver(before)).toMatchObject([{ subject: 'Primero' }]);
    expect(await deliver(after)).toMatchObject([{ subject: 'Segundo' }]);
  });

  test('is the text of a template that was deleted meanwhile', async () => {
    const template = event();
    const { id } = await create(template);
    const waiting = await dispatch(template.event_type);
    expect((await call('DELETE', `${path}${id}/`)).status).toBe(204);
    expect((await call('GET', `${path}${id}/versions/`)).status).toBe(404);
    expect(await deliver(waiting)).toMatchObject([
      { subject: 'Primero', html: expect.stringContaining('x ABC123') },
    ]);
    // The next event finds the general text of its phase again.
    const [next] = await deliver(await dispatch(template.event_type));
    expect(next).not.toMatchObject({ subject: 'Primero' });
  });
});

test('the audit trail tells who made and changed a template', async () => {
  const { id } = await create(aWhatsapp());
  await call('PATCH', `${path}${id}/`, { name: 'Otro nombre' });
  const entries = await api.dataSource.query(
    `SELECT action, changes FROM audit_entry WHERE resource = 'template' AND resource_id = $1
     ORDER BY at`,
    [id],
  );
  expect(entries).toMatchObject([
    { action: 'created' },
    { action: 'changed', changes: { name: [expect.any(String), 'Otro nombre'] } },
  ]);
});

test('the audit trail keeps the text of a template that is deleted', async () => {
  const { id } = await create(aWhatsapp());
  await call('PATCH', `${path}${id}/`, { body: 'Hola, {{Nombre}}: la segunda' });
  expect((await call('DELETE', `${path}${id}/`)).status).toBe(204);
  const entries = await api.dataSource.query(
    `SELECT action, changes FROM audit_entry WHERE resource = 'template' AND resource_id = $1
     ORDER BY at DESC, id DESC LIMIT 2`,
    [id],
  );
  expect(entries).toMatchObject([
    {
      action: 'version_deleted',
      changes: { version: [2, null], text: ['Hola, {{Nombre}}: la segunda', null] },
    },
    { action: 'deleted', changes: { channel: ['whatsapp', null] } },
  ]);
});
