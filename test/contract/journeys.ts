import { createClient } from '#contracts/client/client/index.js';
import * as sdk from '#contracts/client/index.js';
import type { ResourceCase } from '../api/resources/resource-case.js';
import { exampleEvent } from '../api/start-test-api.js';
import type { Recorder } from './recorder.js';

export interface Caller {
  url: string;
  recorder: Recorder;
  headers: Record<string, string>;
}

/** What every journey calls: the generated client, with every answer recorded. */
export function clientOf({ url, recorder, headers }: Caller) {
  return createClient({ baseUrl: url, fetch: recorder.fetch, headers });
}

/** A resource's life: made twice, found, replaced, changed, changed too late, and deleted. */
export async function liveThrough(
  { url, recorder, headers }: Caller,
  resource: ResourceCase,
): Promise<void> {
  const { path, idMember = 'id', make, patch } = resource;
  const send = (method: string, target: string, body?: unknown, more = {}) =>
    recorder.fetch(url + target, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}), ...more },
      body: body ? JSON.stringify(body) : undefined,
    });
  const addressOf = (made: unknown) =>
    `${path}${encodeURIComponent(String(Object(made)[idMember]))}/`;
  const [, doomed] = await Promise.all(
    [901, 902].map(async (number) => {
      const answer = await send('POST', path, make(number));
      return addressOf(await answer.json());
    }),
  );
  await send('GET', path);
  const key = { 'idempotency-key': `one-${path}` };
  await send('POST', path, make(904), key);
  await send('POST', path, make(905), key);
  const stale = { 'if-match': '"of-another-time"' };
  await send('DELETE', doomed ?? '', undefined, stale);
  await send('DELETE', doomed ?? '');
  const target = addressOf(await (await send('POST', path, make(903))).json());
  await send('GET', target);
  await send('PUT', target, make(903));
  await send('PATCH', target, patch);
}

/** Events, from the dry run to the cancellation. */
export async function tellOfEvents(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  const event = exampleEvent() as sdk.DispatchRequest;
  await sdk.dispatchEvent({ client, body: { ...event, dry_run: true } });
  const later = { ...event, scheduled_for: '2090-01-01T08:00:00-05:00' };
  await sdk.dispatchEvent({ client, body: later });
  const { data } = await sdk.dispatchEvent({ client, body: event });
  const headers = { 'Idempotency-Key': 'told-once' };
  await sdk.dispatchEvent({ client, body: event, headers });
  await sdk.dispatchEvent({ client, body: later, headers });
  const passing = { customer_id: 'passing', name: 'Paso', email: 'paso@example.com' };
  await sdk.createCustomer({ client, body: passing });
  await sdk.dispatchEvent({ client, body: { ...event, customer_id: 'passing' } });
  const id = data && 'event_id' in data ? data.event_id : '';
  await sdk.dispatchEvents({ client, body: { events: [event, later] } });
  await sdk.listEvents({ client, query: { page_size: 5, state: 'in_progress' } });
  await sdk.getEvent({ client, path: { id } });
  await sdk.getEventContent({ client, path: { id } });
  await sdk.cancelEvent({ client, path: { id } });
}

/** What there is without anything being made. */
export async function lookAround(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  await sdk.getCatalog({ client });
  await sdk.getService({ client });
  await sdk.isLive({ client });
  await sdk.isReady({ client });
  await sdk.getDatabaseHealth({ client });
  await sdk.getPushPublicKey({ client });
}

/** Signing in to the console and out again, with the wrong keys first. */
export async function signInAndOut(
  caller: Caller,
  keys: { good: string; lacking: string },
): Promise<void> {
  const client = clientOf(caller);
  const shown = [`amb_live_${'x'.repeat(43)}`, keys.lacking, keys.good];
  for (const api_key of shown) await sdk.createSession({ client, body: { api_key } });
  await sdk.getSession({ client });
  await sdk.deleteSession({ client });
}

/** A workshop's own senders, written, tried and taken away. It has customers, so it stays. */
export async function setChannels(caller: Caller, taller: string): Promise<void> {
  const client = clientOf(caller);
  const path = { id: taller };
  const email = {
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    from_email: 'norte@example.com',
    password: 'clave',
  } as const;
  const whatsapp = { api_url: 'http://127.0.0.1:1', instance: 'norte', api_key: 'llave' };
  for (const _ of [1, 2]) {
    await sdk.putEmailSettings({ client, path, body: email });
    await sdk.putWhatsAppSettings({ client, path, body: whatsapp });
    await sdk.getChannelSettings({ client, path });
    await sdk.testEmailSettings({ client, path });
    await sdk.testWhatsAppSettings({ client, path });
  }
  await sdk.deleteTaller({ client, path });
  await sdk.deleteEmailSettings({ client, path });
  await sdk.deleteWhatsAppSettings({ client, path });
}
