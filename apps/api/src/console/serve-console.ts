import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Serves the staff's console: its files as the build wrote and compressed them, and its one page
 * at `/` and at every address that is no route, to whoever asks for HTML. The page finds the
 * screen; others get the service's state at `/`, and a problem elsewhere.
 */
export async function serveConsole(fastify: FastifyInstance): Promise<void> {
  const root = builtConsole();
  if (!root) return;
  await fastify.register(fastifyStatic, {
    root,
    // A route for each file that is there, so that no address reaches for any other.
    wildcard: false,
    index: false,
    preCompressed: true,
    // Their names change with their contents.
    immutable: true,
    maxAge: '365d',
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (isPage(request)) await sendPage(reply);
  });
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
  const [path = '/'] = request.url.split('?');
  return path === '/' || (request.is404 && !forPrograms.test(path));
}

async function sendPage(reply: FastifyReply): Promise<void> {
  // The same address answers others with JSON, and the page names files that the next build renames.
  reply.header('vary', 'Accept');
  await reply.sendFile('index.html', { immutable: false, maxAge: 0, cacheControl: true });
}
