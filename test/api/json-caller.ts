import type { Scope } from '#domain/access/scopes.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import type { TestApi } from './start-test-api.js';

export interface JsonAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Sends JSON and reads JSON; an answer without a body is read as an empty object. */
export type JsonCaller = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<JsonAnswer<T>>;

/** @param own headers of every request, such as a key */
export function jsonCaller(api: TestApi, own: Record<string, string> = {}): JsonCaller {
  return async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const type: Record<string, string> =
      body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(api.url + path, {
      method,
      headers: { ...type, ...own, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json: T = JSON.parse(text === '' ? '{}' : text);
    return { status: answer.status, headers: answer.headers, body: json };
  };
}

/** A caller with a key of its own. */
export async function callerWithKey(
  api: TestApi,
  scopes: Scope[],
  tallerId: string | null = null,
  name = 'test',
): Promise<{ call: JsonCaller; keyId: string }> {
  const { id, key } = await createApiKey(api.dataSource, { name, scopes, tallerId });
  return { call: jsonCaller(api, { authorization: `Bearer ${key}` }), keyId: id };
}
