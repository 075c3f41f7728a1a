import type { IncomingMessage } from 'node:http';
import { uuidv7 } from 'uuidv7';

const sane = /^[\x21-\x7e]{1,128}$/;

/** The caller's own name for the request if it can stand in a header and a log, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : uuidv7();
}
