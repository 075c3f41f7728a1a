import { client } from '#contracts/client/client.gen.js';
import type { Call, List } from './document/resources.js';

/** One thing as the API tells of it, by its members. */
export type Row = Record<string, unknown>;

/** A page of things. */
export interface PageOfRows {
  count: number;
  results: Row[];
}

/** What goes into an operation beside its body. */
interface Place {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The client's call of an operation that the document tells of. */
export function callResource(call: Call, place: Place, body?: unknown) {
  const { headers = {}, ...rest } = place;
  return client.request<{ 200: Row }>({
    ...rest,
    method: inCapitals[call.method],
    url: call.path,
    ...(body === undefined ? {} : { body }),
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
  });
}

export function listResource(list: List, place: Place) {
  return client.get<{ 200: PageOfRows }>({ ...place, url: list.path });
}

const inCapitals = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
} as const;
