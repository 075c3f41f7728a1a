import { type Answer, json } from '../http/exchange.js';

/** Error bodies as Evolution API 2.3.7 gives them. */

function envelope(status: number, error: string, message: unknown): Answer {
  return json(status, { status, error, response: { message } });
}

export const unauthorized = envelope(401, 'Unauthorized', 'Unauthorized');

export const connectionClosed = envelope(500, 'Internal Server Error', 'Connection Closed');

export const rateOverlimit = envelope(500, 'Internal Server Error', 'rate-overlimit');

/** Not the server's own: it has no limit. A proxy before it may have. */
export function tooManyRequests(retryAfterSeconds: number): Answer {
  return json(
    429,
    { message: 'API rate limit exceeded' },
    { 'retry-after': String(retryAfterSeconds) },
  );
}

/** The database is full: the message has left, and its record could not be written. */
export const notRecorded = envelope(400, 'Bad Request', [
  'PrismaClientKnownRequestError: \nInvalid `this.prismaRepository.message.create()` invocation:\ncould not extend file: No space left on device',
]);

export const garbage: Answer = {
  status: 201,
  body: '<html><body><h1>It works!</h1></body></html>',
  headers: { 'content-type': 'text/html' },
};

export const malformedJson = envelope(
  400,
  'Internal Server Error',
  'Unexpected token in JSON at position 0',
);

export function badRequest(message: unknown): Answer {
  return envelope(400, 'Bad Request', message);
}

export function notFound(message: string): Answer {
  return envelope(404, 'Not Found', [message]);
}

export function schemaError(problem: string): Answer {
  return badRequest([[problem]]);
}

export function notOnWhatsapp(number: string, jid: string): Answer {
  return badRequest([{ jid, exists: false, number }]);
}
