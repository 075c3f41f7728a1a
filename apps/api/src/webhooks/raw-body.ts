import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

const webhookPath = '/api/v1/webhooks/';

/** The largest returned mail that is taken, in bytes: it may hold the whole of what was sent. */
const largestMail = 1024 * 1024;

/** Whether a request's body is kept as it came, and read by nobody before it is committed. */
export function isKeptRaw({ url }: Pick<FastifyRequest, 'url'>): boolean {
  return url.startsWith(webhookPath);
}

/** Takes mails as they are piped by a mail server; on every other route they are no body. */
export function takeMails(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: largestMail },
    (request, body, done) => {
      if (request.url.startsWith(`${webhookPath}mail`)) done(null, body);
      else done(unsupported('application/json'));
    },
  );
}

/** The body as it came. A 400 where there is none; a 415 for one of another type. */
export function rawBodyOf({ body, headers }: FastifyRequest, type: string): Buffer {
  if (headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== type) {
    throw unsupported(type);
  }
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  throw new Problem('validation_failed', { errors: { body: ['is empty'] } });
}

function unsupported(type: string): Problem {
  return new Problem('unsupported_media_type', { errors: { 'Content-Type': [`must be ${type}`] } });
}
