import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ApiDocument, Method, Operation } from './api-document.js';
import { linkOf, pageOf } from './references.js';
import { operationsOf, resourcesOf } from './resources.js';

const text = readFileSync('libs/contracts/src/openapi.json', 'utf8');
const document: ApiDocument = JSON.parse(text);
const resources = resourcesOf(document);
const named = (key: string) => {
  const found = resources.find((resource) => resource.key === key);
  if (!found) throw new Error(`no resource ${key}`);
  return found;
};

/** Operations that screens made for them lead to. */
const onOtherScreens: Record<string, string[]> = {
  Panel: [
    'getAnalyticsSummary',
    'listRecentMessages',
    'getChannelsHealth',
    'getDatabaseHealth',
    'getAttention',
  ],
  Matriz: ['getCatalog'],
  Plantillas: [
    'previewTemplate',
    'listTemplateVariables',
    'getTemplateForContext',
    'getTemplateVersion',
    'restoreTemplateVersion',
    'getTemplateCoverage',
  ],
  Simular: ['dispatchEvent', 'dispatchEvents'],
  Clientes: ['getPushStatus', 'deleteOdometerReading'],
  Avisos: ['listNotices', 'countUnreadNotices', 'readAllNotices', 'readNotice', 'streamNotices'],
  Colas: ['getQueues'],
  'Bandeja de prueba': [
    'getSandbox',
    'listSandboxMessages',
    'getSandboxMessage',
    'clearSandboxMessages',
    'putSandboxFault',
    'clearSandboxFaults',
  ],
  Ajustes: ['listSchedules', 'getHouseChannels', 'testHouseChannel'],
  'every screen': ['getService', 'getSession', 'createSession', 'deleteSession'],
};
/** Operations that no person asks for. */
const forPrograms: Record<string, string[]> = {
  'the customers’ own browsers': [
    'getPushPublicKey',
    'subscribePush',
    'unsubscribePush',
    'clickPush',
  ],
  providers: ['receiveEvolution', 'receiveEvolutionEvent', 'receiveMail'],
  probes: ['isLive', 'isReady'],
};
const elsewhere = Object.values({ ...onOtherScreens, ...forPrograms }).flat();
/** Behind a secret that no browser is given; what staff need of it stands beside it, for staff. */
const isInternal = (path: string) => path.startsWith('/api/internal/');

/** Where a PATCH is, a form has no use for the PUT beside it. */
function withoutTwins({ put, ...others }: Partial<Record<Method, Operation>>) {
  return others.patch || !put ? others : { ...others, put };
}

describe('the resources that the API’s document tells of', () => {
  test('lead, with the other screens, to every operation that people ask for', () => {
    const reached = new Set([...resources.flatMap(operationsOf), ...elsewhere]);
    const all = Object.entries(document.paths)
      .filter(([path]) => !isInternal(path))
      .flatMap(([, operations]) => Object.values<Operation>(withoutTwins(operations)))
      .map(({ operationId }) => operationId);
    expect(all.filter((operation) => !reached.has(operation))).toEqual([]);
  });

  test('leave to other screens and to programs what the document has, and nothing it had once', () => {
    const all = Object.values(document.paths)
      .flatMap((operations) => Object.values<Operation>(operations))
      .map(({ operationId }) => operationId);
    expect(elsewhere.filter((operation) => !all.includes(operation))).toEqual([]);
  });

  test('appear by themselves, each under a name of its own', () => {
    const keys = resources.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining([
        'talleres',
        'api-keys',
        'staff-members',
        'service-types',
        'dead-letters',
        'dead-letters-groups',
        'provider-accounts',
        'audit',
      ]),
    );
    const added = structuredClone(document);
    const path = '/api/v1/notifications/talleres/';
    const wanted = '/api/v1/notifications/workshops-of-a-newer-version/';
    added.paths[wanted] = { ...added.paths[path] };
    expect(resourcesOf(added).map(({ key }) => key)).toContain('workshops-of-a-newer-version');
  });

  test('have the calls that their paths have', () => {
    expect(named('talleres')).toMatchObject({
      one: 'taller',
      idMember: 'id',
      read: { operationId: 'getTaller' },
      create: { operationId: 'createTaller' },
      change: { operationId: 'patchTaller', method: 'patch' },
      remove: { operationId: 'deleteTaller' },
      list: { hasSearch: true, defaultOrdering: 'name' },
    });
    expect(named('vehicles')).toMatchObject({ one: 'vehicle', idMember: 'vehicle_id' });
    expect(named('phases')).toMatchObject({ create: undefined, change: undefined });
    expect(named('provider-accounts')).toMatchObject({
      idMember: 'account',
      read: undefined,
      actions: [{ operationId: 'resetProviderAccount', fields: [] }],
    });
    expect(named('api-keys').one).toBe('api_key');
    expect(named('api-keys').actions.map(({ operationId }) => operationId)).toEqual([
      'rotateApiKey',
    ]);
    expect(named('dead-letters').listActions.map(({ operationId }) => operationId)).toEqual([
      'replayDeadLetters',
    ]);
    expect(named('vehicles').children.map(({ operationId }) => operationId)).toEqual([
      'listOdometerReadings',
    ]);
  });

  test('are told apart in filters, columns and forms', () => {
    const { list, create } = named('talleres');
    expect(list.filters.map(({ name, kind }) => [name, kind])).toEqual([['is_active', 'switch']]);
    const kinds = Object.fromEntries((create?.fields ?? []).map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({
      slug: 'text',
      reminder_offsets_days: 'tags',
      holidays: 'tags',
      is_active: 'switch',
    });
    const staff = named('staff-members').create?.fields ?? [];
    expect(staff.find(({ name }) => name === 'preferences')).toMatchObject({
      kind: 'json',
      members: ['email', 'whatsapp', 'push'],
    });
    expect(named('api-keys').create?.fields.find(({ name }) => name === 'scopes')).toMatchObject({
      kind: 'choices',
      options: ['dispatch', 'read', 'write', 'admin'],
      isRequired: true,
    });
    expect(named('reminders').create?.fields.find(({ name }) => name === 'due_on')).toMatchObject({
      kind: 'date',
      isNullable: true,
      isRequired: false,
    });
  });

  test('lead from an id to the thing that it names, on its own screen where there is one', () => {
    expect(linkOf(resources, 'taller_id', 'a')).toBe('/recursos/talleres/a');
    expect(linkOf(resources, 'service_type_id', 'b')).toBe('/recursos/service-types/b');
    expect(linkOf(resources, 'customer_id', 'c/1')).toBe('/clientes/c%2F1');
    expect(linkOf(resources, 'event_id', 'd')).toBe('/notificaciones/d');
    expect(linkOf(resources, 'request_id', 'e')).toBeUndefined();
    expect(linkOf(resources, 'taller_id', null)).toBeUndefined();
    expect(pageOf(resources, 'api_key', 'f')).toBe('/recursos/api-keys/f');
  });
});
