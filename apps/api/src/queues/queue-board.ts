import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/dist/types.js';
import type { Queue } from 'bullmq';

type Routes = Parameters<IServerAdapter['setApiRoutes']>[0];
type Entry = Parameters<IServerAdapter['setEntryRoute']>[0];
type Queues = Parameters<IServerAdapter['setQueues']>[0];
type Look = Parameters<IServerAdapter['setUIConfig']>[0];

/** What the board answers to a question of its page. */
export interface BoardAnswer {
  status: number;
  body: unknown;
}

/**
 * bull-board, to be looked at alone: jobs are wake-ups, and what becomes of a message is decided in
 * the database, so that a job which is tried again or removed here would change nothing but what is
 * shown. Its routes are served by a controller of ours, behind the guard that all routes have.
 */
export class QueueBoard {
  private readonly adapter = new BoardParts();
  private files: Promise<Map<string, string>> | undefined;

  constructor(queues: readonly Queue<object>[]) {
    createBullBoard({
      queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
      serverAdapter: this.adapter,
      options: { uiConfig: { boardTitle: 'Ambacar · Colas' } },
    });
  }

  /** The page, with the fonts that it would fetch from elsewhere left out. */
  page(): string {
    const { entry, views, look } = this.adapter;
    if (!entry) throw new Error('bull-board gave no page');
    const { name, params } = entry.handler({ basePath: '/queues/', uiConfig: look });
    const template = readFileSync(join(views, name), 'utf8');
    const filled = template.replace(/<%[-=] (\w+) %>/g, (_, key: string) =>
      String(Object(params)[key] ?? ''),
    );
    return filled.replace(/<link href="https:[^>]*>/g, '');
  }

  /** A file of the page by its path below `static/`; undefined where there is none. */
  async file(path: string): Promise<{ type: string; content: Buffer } | undefined> {
    this.files ??= filesIn(this.adapter.statics);
    const place = (await this.files).get(path);
    if (!place) return undefined;
    const type = types[extname(place)] ?? 'application/octet-stream';
    return { type, content: await readFile(place) };
  }

  /** @param path below `/queues`, such as `/api/queues`; undefined where there is no such thing */
  async ask(path: string, query: Record<string, unknown>): Promise<BoardAnswer | undefined> {
    for (const { method, route, handler } of this.adapter.routes) {
      if (![method].flat().includes('get')) continue;
      const params = [route].flat().map((pattern) => paramsOf(pattern, path));
      const found = params.find((each) => each !== undefined);
      if (!found) continue;
      const { queues, look } = this.adapter;
      const request = { queues, uiConfig: look, query, params: found, body: {}, headers: {} };
      const { status = 200, body } = await handler(request);
      return { status, body };
    }
    return undefined;
  }
}

/** Keeps what bull-board would give a server. */
class BoardParts implements IServerAdapter {
  queues: Queues = new Map();
  routes: Routes = [];
  entry: Entry | undefined;
  views = '';
  statics = '';
  look: Look = {};

  setQueues(queues: Queues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(path: string): this {
    this.views = path;
    return this;
  }

  setStaticPath(_route: string, path: string): this {
    this.statics = path;
    return this;
  }

  setEntryRoute(route: Entry): this {
    this.entry = route;
    return this;
  }

  /** Errors are told as everywhere else in the API. */
  setErrorHandler(): this {
    return this;
  }

  setApiRoutes(routes: Routes): this {
    this.routes = routes;
    return this;
  }

  setUIConfig(look: Look): this {
    this.look = look;
    return this;
  }
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
};

/** Every file that is there, so that no path reaches for any other. */
async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(places.map((place) => [place.slice(folder.length + 1), place]));
}

/** The parameters of a path that fits a pattern such as `/api/queues/:queueName`. */
function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}
