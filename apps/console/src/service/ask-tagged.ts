import { ask } from './ask.js';

type Answer<Data> = Parameters<typeof ask<Data>>[0];

/** What a call brought, and the name of its state for a later change (`If-Match`). */
export interface Tagged<Data> {
  data: Data;
  etag: string | null;
}

/** As {@link ask}, with the answer's ETag. */
export async function askTagged<Data>(call: Answer<Data>): Promise<Tagged<Data>> {
  const answer = await call;
  const data = await ask<Data>(Promise.resolve(answer));
  return { data, etag: answer.response?.headers.get('etag') ?? null };
}

/** The header that lets a change through for the state that was read, and for no other. */
export function onlyIf(etag: string | null): { 'If-Match'?: string } {
  return etag === null ? {} : { 'If-Match': etag };
}
