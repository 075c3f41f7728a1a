import { z } from 'zod';
import { channels } from '#domain/catalog/channels.js';
import type { EvolutionWebhooks } from '../evolution/evolution-webhooks.js';
import { type Answer, type Exchange, json, noContent, readJson } from '../http/exchange.js';
import type { PushProvider } from '../push/push-provider.js';
import type { Subscriptions } from '../push/subscriptions.js';
import { viewOf } from '../world/arrived-message.js';
import { type Faults, faultSchema } from '../world/faults.js';
import type { Inbox } from '../world/inbox.js';
import { controlReceipts } from './control-receipts.js';
import { inboxPage } from './inbox-page.js';

/** What the control API steers. */
export interface World {
  inbox: Inbox;
  faults: Faults;
  push: PushProvider;
  subscriptions: Subscriptions;
  webhooks: EvolutionWebhooks;
}

const filterSchema = z.strictObject({
  channel: z.enum(channels).optional(),
  to: z.string().optional(),
  contains: z.string().optional(),
  after: z.coerce.number().int().min(0).optional(),
});

const listSchema = filterSchema.extend({
  /** The last so many alone; `count` is of all. */
  newest: z.coerce.number().int().min(1).optional(),
  /** The first so many alone. */
  oldest: z.coerce.number().int().min(1).optional(),
});

const waitSchema = filterSchema.extend({
  count: z.coerce.number().int().min(1).max(2000).default(1),
  timeoutMs: z.coerce.number().int().min(0).max(600_000).default(10_000),
});

const clearSchema = z.strictObject({ channel: z.enum(channels).optional() });
const faultsSchema = z.union([faultSchema, z.array(faultSchema).max(1000)]);
const subscribeSchema = z.strictObject({
  vapidPublicKey: z
    .string()
    .regex(/^[\w-]{87}$/)
    .optional(),
});

const subscriptionPath = /^\/sandbox\/push\/subscriptions\/([\w.-]+)$/;

/** Looks into the world and makes it fail. Undefined for a path that is not its own. */
export function control(exchange: Exchange, world: World): Answer | Promise<Answer> | undefined {
  if (!exchange.path.startsWith('/sandbox')) return undefined;
  if (!isThisMachine(exchange.headers.host)) return json(403, { detail: 'This machine alone.' });
  try {
    return (
      route(exchange, world) ??
      controlReceipts(exchange, world.inbox, world.webhooks) ??
      json(404, { detail: 'No such thing in the sandbox.' })
    );
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { detail: z.prettifyError(error) });
    throw error;
  }
}

function route(exchange: Exchange, world: World): Answer | Promise<Answer> | undefined {
  const { inbox, faults } = world;
  switch (`${exchange.method} ${exchange.path}`) {
    case 'GET /sandbox':
    case 'GET /sandbox/':
      return inboxPage(inbox.list({}), inbox.counts().arrived);
    case 'GET /sandbox/state':
      return json(200, { ...inbox.counts(), faults: faults.list().length });
    case 'GET /sandbox/messages': {
      const { newest, oldest, ...filter } = listSchema.parse(queryOf(exchange));
      const found = inbox.list(filter);
      const messages = newest ? found.slice(-newest) : found.slice(0, oldest);
      return json(200, { count: found.length, messages: messages.map(viewOf) });
    }
    case 'GET /sandbox/messages/wait':
      return wait(waitSchema.parse(queryOf(exchange)), inbox);
    case 'DELETE /sandbox/messages':
      inbox.clear();
      return noContent();
    case 'GET /sandbox/faults':
      return json(200, faults.list());
    case 'PUT /sandbox/faults':
      return putFaults(exchange, faults);
    case 'DELETE /sandbox/faults':
      faults.clear(clearSchema.parse(queryOf(exchange)).channel);
      return noContent();
    case 'POST /sandbox/push/subscriptions': {
      const body = exchange.body.length === 0 ? {} : readJson(exchange.body);
      return json(201, world.push.subscribe(subscribeSchema.parse(body).vapidPublicKey ?? null));
    }
    default:
      return expire(exchange, world);
  }
}

async function wait(wanted: z.infer<typeof waitSchema>, inbox: Inbox): Promise<Answer> {
  const { count, timeoutMs, ...filter } = wanted;
  const { complete, messages } = await inbox.waitFor(filter, count, timeoutMs);
  return json(complete ? 200 : 408, { count: messages.length, messages: messages.map(viewOf) });
}

function putFaults(exchange: Exchange, faults: Faults): Answer {
  const given = faultsSchema.parse(readJson(exchange.body));
  if (Array.isArray(given)) faults.replaceAll(given);
  else faults.set(given);
  return json(200, faults.list());
}

function expire({ method, path }: Exchange, { subscriptions }: World): Answer | undefined {
  const token = method === 'DELETE' ? subscriptionPath.exec(path)?.[1] : undefined;
  if (token === undefined) return undefined;
  return subscriptions.expire(token)
    ? noContent()
    : json(404, { detail: 'No such subscription, or expired already.' });
}

/** A page of the web whose name was made to lead here (DNS rebinding) still says that name. */
function isThisMachine(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? '');
}

function queryOf({ query }: Exchange): Record<string, string> {
  return Object.fromEntries(query);
}
