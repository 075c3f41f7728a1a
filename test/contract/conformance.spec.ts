import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { holdRows } from '#infrastructure/testing/hold-rows.js';
import { runOn } from '#infrastructure/testing/test-database.js';
import type { Sandbox } from '../../apps/sandbox/src/start-sandbox.js';
import { addDeadLetter } from '../api/dead-letter.js';
import { customers } from '../api/resources/customers.case.js';
import { orchestration } from '../api/resources/orchestration.case.js';
import { reminders } from '../api/resources/reminders.case.js';
import { northId } from '../api/resources/resource-case.js';
import { staffMembers } from '../api/resources/staff-members.case.js';
import { talleres } from '../api/resources/talleres.case.js';
import { templates } from '../api/resources/templates.case.js';
import { vehicles } from '../api/resources/vehicles.case.js';
import { openSandbox, sendMail } from '../api/sandbox-with-mail.js';
import { startTestApi, type TestApi } from '../api/start-test-api.js';
import { type DocumentParts, type Operation, readDocument } from '../fuzz/document.js';
import { mendAccounts } from './account-journeys.js';
import { contract } from './contract.js';
import { readInbox } from './inbox-journeys.js';
import {
  type Caller,
  liveThrough,
  lookAround,
  setChannels,
  signInAndOut,
  tellOfEvents,
} from './journeys.js';
import { playInSandbox, watchOver } from './operator-journeys.js';
import { provocations } from './provoke.js';
import { hearOfMessages } from './receipt-journeys.js';
import { Recorder } from './recorder.js';
import {
  arrangeOrchestration,
  chooseTemplates,
  countUp,
  handKeysOut,
  knowCustomers,
  remind,
  replayDeadLetters,
  synchronise,
  writeTemplates,
} from './resource-journeys.js';

const resources = [
  talleres,
  orchestration,
  staffMembers,
  templates,
  customers,
  vehicles,
  reminders,
];
const vapid = webPush.generateVAPIDKeys();
const secret = 's'.repeat(40);
const webhookSecret = 'v'.repeat(40);
let api: TestApi;
let sandbox: Sandbox;
let parts: DocumentParts;
let recorder: Recorder;
const keys: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  sandbox = await openSandbox();
  await sendMail(sandbox, { to: 'carlos@example.com', subject: 'Su cita' });
  api = await startTestApi({
    SANDBOX_CONTROL_URL: sandbox.httpUrl,
    SECRET_KEY: 'k'.repeat(40),
    INTERNAL_API_SECRET_KEY: secret,
    WEBHOOK_SECRET: webhookSecret,
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'mailto:avisos@example.com',
  });
  parts = readDocument();
  recorder = new Recorder(api.url, parts);
  for (const scope of ['dispatch', 'read', 'write', 'admin'] as const) {
    const { key } = await createApiKey(api.dataSource, { name: scope, scopes: [scope] });
    keys[scope] = { 'x-api-key': key };
  }
  const { key } = await createApiKey(api.dataSource, { name: 'unused', scopes: ['admin'] });
  keys.unused = { 'x-api-key': key };
  const admin: Caller = { url: api.url, recorder, headers: keys.admin ?? {} };
  await lookAround(admin);
  const keyOf = (name: string) => keys[name]?.['x-api-key'] ?? '';
  await signInAndOut(admin, { good: keyOf('admin'), lacking: keyOf('read') });
  await tellOfEvents(admin);
  await chooseTemplates(admin);
  const deadLetters = [
    await addDeadLetter(api, keys.admin),
    await addDeadLetter(api, keys.admin),
    await addDeadLetter(api, keys.admin),
  ];
  for (const resource of resources) {
    await resource.prepare?.(api.dataSource);
    await liveThrough(admin, resource);
  }
  await setChannels(admin, northId);
  await arrangeOrchestration(admin);
  await writeTemplates(admin, await templateId());
  await remind(admin);
  await knowCustomers(admin);
  await handKeysOut(admin);
  await countUp(admin);
  await mendAccounts(admin, api.dataSource);
  await readInbox(admin, api.dataSource);
  await watchOver(admin);
  await playInSandbox(admin);
  const core = { ...admin, headers: { 'x-internal-secret': secret } };
  await synchronise(core);
  await replayDeadLetters(admin, core, deadLetters);
  const provider = { ...admin, headers: { 'x-webhook-secret': webhookSecret } };
  await hearOfMessages(provider, vapid.privateKey);
}, 60_000);
afterAll(async () => {
  await api.close();
  await sandbox.close();
});

/** A key that lacks the scope which the operation asks for. */
const lacking = ({ id }: Operation) =>
  (/^(?:dispatch|cancel)/.test(id) ? keys.read : keys.dispatch) ?? {};

test('the document has every path and method of the contract, with the answers it promises', () => {
  const missing = contract.flatMap(([method, path, ...statuses]) => {
    const operation = parts.operations.find(
      (each) => each.method === method && each.path.replace(/\{[^}]+\}/g, '{}') === path,
    );
    if (!operation) return [`${method} ${path}`];
    return statuses
      .filter((status) => !operation.responses.has(status))
      .map((status) => `${method} ${path} ${status}`);
  });
  expect(missing).toEqual([]);
});

test('every operation has succeeded', () => {
  const never = parts.operations.filter(({ id }) => !recorder.succeeded.has(id));
  expect(never.map(({ id }) => id)).toEqual([]);
});

describe('every declared refusal', () => {
  test('what is not configured is told so', async () => {
    const bare = await startTestApi();
    try {
      const caller = { url: bare.url, recorder, headers: {} };
      await lookAround(caller);
      await setChannels(caller, northId);
      await playInSandbox(caller);
    } finally {
      await bare.close();
    }
    expect(recorder.hasSeen('getPushPublicKey', 404)).toBe(true);
    expect(recorder.hasSeen('putEmailSettings', 409)).toBe(true);
  });

  test.each(Object.keys(provocations).map(Number))(
    '%i is given where it is declared',
    async (status) => {
      for (const operation of parts.operations) {
        const [sent] = recorder.succeeded.get(operation.id) ?? [];
        if (!sent || !operation.responses.has(status) || recorder.hasSeen(operation.id, status)) {
          continue;
        }
        await provocations[status]?.(recorder, operation, sent, { lacking });
      }
      expect(recorder.unseen().filter((each) => each.endsWith(` ${status}`))).toEqual([]);
    },
  );

  test('429 is given to who calls too often', async () => {
    const narrow = await startTestApi({
      API_AUTH: 'off',
      INTERNAL_API_SECRET_KEY: secret,
      WEBHOOK_SECRET: webhookSecret,
      RATE_LIMIT_PER_MINUTE: '1',
    });
    try {
      for (const operation of [...parts.operations, ...parts.operations]) {
        const [sent] = recorder.succeeded.get(operation.id) ?? [];
        const url = sent?.url.replace(api.url, narrow.url);
        if (sent && operation.responses.has(429)) await recorder.repeat(operation, sent, { url });
      }
    } finally {
      await narrow.close();
    }
    expect(recorder.unseen().filter((each) => each.endsWith(' 429'))).toEqual([]);
  });

  test('202 is given while an erasure takes long', async () => {
    const held = await holdRows(api.dataSource, 'LOCK TABLE timeline IN ACCESS EXCLUSIVE MODE');
    try {
      await recorder.fetch(`${api.url}/api/v1/notifications/customers/passing/erase/`, {
        method: 'POST',
        headers: keys.admin,
      });
    } finally {
      await held.commit();
    }
    expect(recorder.hasSeen('eraseCustomer', 202)).toBe(true);
  });

  test('503 is given while the database is away, and 500 when it is not what it was', async () => {
    const [{ name, url }] = [await databaseOf(api)];
    await runOn(url, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await cutAll(url, name);
    await repeatAll(503);
    await runOn(url, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await runOn(url.replace(/\/[^/]*$/, `/${name}`), 'ALTER SCHEMA public RENAME TO elsewhere');
    await repeatAll(500);
    await runOn(url.replace(/\/[^/]*$/, `/${name}`), 'ALTER SCHEMA elsewhere RENAME TO public');
    expect(recorder.unseen().filter((each) => / 50[03]$/.test(each))).toEqual([]);
  }, 150_000);
});

test('nothing was answered otherwise than declared', () => {
  expect(recorder.faults).toEqual([]);
});

test('nothing is declared that is never given', () => {
  expect(recorder.unseen()).toEqual([]);
});

/** Asks everything until it has given the status where it is declared: some answers are kept. */
async function repeatAll(status: number): Promise<void> {
  const givesUpAt = performance.now() + 60_000;
  const left = () =>
    parts.operations.filter(
      ({ id, responses }) =>
        recorder.succeeded.has(id) && responses.has(status) && !recorder.hasSeen(id, status),
    );
  for (let headers = {}; left().length > 0 && performance.now() < givesUpAt; ) {
    for (const operation of left()) {
      const [sent] = recorder.succeeded.get(operation.id) ?? [];
      if (sent) await recorder.repeat(operation, sent, { headers });
    }
    // Where each part of the answer has a status of its own, only the look at a key can fail.
    headers = keys.unused ?? {};
  }
}

async function templateId(): Promise<string> {
  const [{ id }] = await api.dataSource.query('SELECT id FROM template LIMIT 1');
  return id;
}

async function databaseOf({ dataSource }: TestApi): Promise<{ name: string; url: string }> {
  const [{ name }] = await dataSource.query('SELECT current_database() AS name');
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('no Postgres for tests');
  return { name, url };
}

async function cutAll(url: string, name: string): Promise<void> {
  await runOn(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
}
