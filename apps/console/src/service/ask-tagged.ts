import { ask } from './ask.js';

/** What the service holds, and the name of that state, which a change gives back as `If-Match`. */
export interface Tagged<Data> {
  data: Data;
  /** Undefined where the service does not tag the answer. */
  etag: string | undefined;
}

type Call<Data> = Promise<{ data?: Data; error?: unknown; response?: Response }>;

/**
 * As `ask`, with the answer's ETag.
 *
 * @throws ServiceProblem
 */
export async function askTagged<Data>(call: Call<Data>): Promise<Tagged<Data>> {
  const answer = await call;
  const data = await ask<Data>(Promise.resolve(answer));
  return { data, etag: answer.response?.headers.get('etag') ?? undefined };
}

/** The header that lets a change be made to the state that was seen, and to no other. */
export function ifMatch(etag: string | undefined): { 'If-Match'?: string } {
  return etag ? { 'If-Match': etag } : {};
}
