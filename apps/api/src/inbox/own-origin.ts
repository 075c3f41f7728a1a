import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

/**
 * Refuses a WebSocket that a page of another origin asks for (403). Browsers send the session's
 * cookie with it from any page and let that page read what comes; they do name the page's origin.
 * Programs name none.
 */
export function requireOwnOrigin({ headers, host }: FastifyRequest): void {
  const { origin } = headers;
  if (origin === undefined) return;
  // Of the scheme the proxy before us knows more than we do; a host has one owner.
  if (URL.canParse(origin) && new URL(origin).host === host.toLowerCase()) return;
  throw new Problem('forbidden', { detail: 'The page is of another origin.' });
}
