import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Exchange } from './exchange.js';

const maximumBodyBytes = 1024 * 1024;

export type Handle = (exchange: Exchange) => Answer | Promise<Answer>;

/**
 * A bare HTTP server: in a benchmark it plays the provider, and a framework's milliseconds would
 * be counted as ours.
 *
 * @returns once it listens
 */
export async function listenHttp(host: string, port: number, handle: Handle): Promise<Server> {
  const server = createServer((request, response) => {
    read(request, (body) => {
      if (!body) return send(response, { status: 413, body: 'too large' });
      answer(toExchange(request, body), handle, response);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

/** The port that a listening server got. */
export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function read(request: IncomingMessage, done: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maximumBodyBytes) chunks.push(chunk);
  });
  request.on('end', () => {
    done(
      bytes > maximumBodyBytes
        ? null
        : chunks.length === 1
          ? (chunks[0] ?? null)
          : Buffer.concat(chunks),
    );
  });
  // The caller went away: nobody is left to answer.
  request.on('error', () => undefined);
}

function toExchange(request: IncomingMessage, body: Buffer): Exchange {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers,
    body,
  };
}

async function answer(exchange: Exchange, handle: Handle, response: ServerResponse): Promise<void> {
  try {
    send(response, await handle(exchange));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send(response, { status: 500, body: `The sandbox itself failed: ${message}` });
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return;
  if (answer === 'hang_up') {
    response.socket?.destroy();
    return;
  }
  if (answer === 'garble') {
    response.socket?.end('*** this is not HTTP ***\r\n\r\n');
    return;
  }
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}
