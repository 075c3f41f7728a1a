import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consoleHeaders } from './console-headers.js';

/** Whether a request is for one of the console's files. */
export type IsConsoleFile = (request: FastifyRequest) => boolean;

/**
 * Serves the staff's console: its files as the build wrote and compressed them, and its one page
 * at `/` and at every address that is no route, to whoever asks for HTML. The page finds the
 * screen; others get the service's state at `/`, and a problem elsewhere.
 *
 * To be called before what counts requests: files and page are the same for everyone.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<IsConsoleFile> {
  const root = builtConsole();
  if (!root) return () => false;
  const files = new Set<string>();
  // For the page, which is sent at other addresses than its own.
  await fastify.register(fastifyStatic, { root, serve: false, preCompressed: true });
  await fastify.register(async (scope) => {
    scope.addHook('onRoute', ({ url }) => void files.add(url));
    await scope.register(fastifyStatic, {
      root,
      // A route for each file that is there, so that no address reaches for any other.
      wildcard: false,
      globIgnore: ['index.html', '**/*.br', '**/*.gz'],
      decorateReply: false,
      index: false,
      preCompressed: true,
      // Their names change with their contents.
      immutable: true,
      maxAge: '365d',
    });
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (pathOf(request) === '/') reply.header('vary', 'Accept');
    if (isPage(request)) await sendPage(reply);
  });
  return ({ routeOptions }) => files.has(routeOptions.url ?? '');
}

/** Undefined where the console was not built: the API alone is of use, too. */
function builtConsole(): string | undefined {
  const places = ['../../../console/', '../../../../dist/apps/console/'];
  return places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(`${folder}index.html`) && existsSync(`${folder}assets`));
}

/** Below these everything is for programs, whatever they accept. */
const forPrograms = /^\/(?:api|health|queues|ws|assets)(?:\/|$)/;

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (!/\btext\/html\b/.test(request.headers.accept ?? '')) return false;
  const path = pathOf(request);
  return path === '/' || (request.is404 && !forPrograms.test(path));
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '/';
}

async function sendPage(reply: FastifyReply): Promise<void> {
  reply.code(200).headers(consoleHeaders).header('vary', 'Accept');
  // It names files that the next build renames: kept, but asked for every time.
  await reply.sendFile('index.html', { immutable: false, maxAge: 0, cacheControl: true });
}
