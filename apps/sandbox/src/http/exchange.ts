import type { IncomingHttpHeaders } from 'node:http';

/** A request, read whole. */
export interface Exchange {
  method: string;
  /** Without the query, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer, or one of the ways in which a server can fail to give one. */
export type Answer =
  | { status: number; body: string; headers?: Record<string, string> }
  /** Says nothing and keeps the line open. */
  | 'silence'
  /** Closes the line in place of an answer. */
  | 'hang_up'
  /** Says something that is not HTTP. */
  | 'garble';

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

export function json(status: number, value: unknown, headers?: Record<string, string>): Answer {
  return {
    status,
    body: JSON.stringify(value),
    headers: headers ? { ...jsonHeaders, ...headers } : jsonHeaders,
  };
}

export function noContent(): Answer {
  return { status: 204, body: '' };
}

/** The members of a JSON body; undefined when it is not JSON. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
