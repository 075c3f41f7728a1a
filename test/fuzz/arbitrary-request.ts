import fc from 'fast-check';
import { anything, type Resolve, valueFor } from './arbitrary-value.js';
import type { Operation, Parameter } from './document.js';
import type { Things } from './things.js';

export interface FuzzRequest {
  operation: Operation;
  method: string;
  /** Path and query, as they stand on the wire. What was made earlier is named when it is sent. */
  target: (things: Things) => string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}

/** A request to an operation: mostly one that it could take, always one that somebody could send. */
export function requestOf(operation: Operation, resolve: Resolve): fc.Arbitrary<FuzzRequest> {
  const { parameters, body } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .record({
      path: fc.tuple(...inPath.map(() => pathPart)),
      query: queryOf(inQuery, resolve),
      headers: headersOf(parameters),
      body: body ? bodyOf(valueFor(body, resolve)) : fc.constant(null),
      method: oddly(fc.constantFrom('PUT', 'DELETE', 'PATCH', 'GET', 'POST'), operation.method),
      type: oddly(fc.constantFrom('text/plain', 'application/xml', 'x'), 'application/json'),
    })
    .map(({ path, query, headers, body: bytes, method, type }) => {
      const sent = method === 'GET' ? null : bytes;
      return {
        operation,
        method,
        target: (things) =>
          fillIn(operation.path, path, things) + (query === '' ? '' : `?${query}`),
        headers: sent ? { ...headers, 'content-type': type } : headers,
        body: sent,
      };
    });
}

/** The usual value, and one time in thirty the odd one. */
function oddly<T>(odd: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 29, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
}

// The client resolves these before it sends, and asks for another path.
const isResolvedAway = /^(?:\.|%2e){0,2}$/i;

/** Mostly a number, which stands for one of the things that were made so far. */
const pathPart: fc.Arbitrary<string | number> = fc.oneof(
  { weight: 20, arbitrary: fc.nat() },
  { weight: 2, arbitrary: fc.uuid() },
  {
    weight: 2,
    arbitrary: fc.constantFrom('%00', '%ff', '%zz', '%', '..%2f..', "'", '%F0%9F%98%80', '%25'),
  },
  { weight: 2, arbitrary: fc.webSegment().filter((text) => !isResolvedAway.test(text)) },
  { weight: 1, arbitrary: fc.integer({ min: 90, max: 6000 }).map((n) => '1'.repeat(n)) },
);

/** A parameter after `talleres/` names one of the workshops that there are, or were. */
function fillIn(path: string, given: readonly (string | number)[], things: Things): string {
  const parts = [...given];
  return path.replace(/([^/]+)\/\{[^}]+\}/g, (_, collection: string) => {
    const part = parts.shift() ?? '';
    const named = typeof part === 'number' ? things.pick(collection, part) : part;
    return `${collection}/${named}`;
  });
}

function queryOf(parameters: Parameter[], resolve: Resolve): fc.Arbitrary<string> {
  const declared = parameters.map(({ name, schema, required }) =>
    fc
      .tuple(fc.integer({ min: 0, max: 29 }), valueFor(schema, resolve, name))
      .map(([dice, value]) => {
        const isSent = required ? dice > 0 : dice < 5;
        return isSent ? [`${name}=${encode(value)}`] : [];
      }),
  );
  const odd = fc.constantFrom(
    'page=1&page=2',
    'x[y]=1',
    '__proto__=1',
    '%ff=%ff',
    '&&=',
    'page=%00',
  );
  return fc
    .tuple(oddly<string>(odd, ''), ...declared)
    .map(([strange, ...parts]) => [...parts.flat(), ...(strange ? [strange] : [])].join('&'));
}

// Half a surrogate pair has no percent-encoding; the replacement is what a browser sends.
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(text.slice(0, 2000).replace(/\p{Surrogate}/gu, '\ufffd'));
}

const headerValue = fc.string({ unit: 'binary-ascii', maxLength: 300 }).map((text) =>
  // Node refuses to send these at all; what comes past it on a raw socket is another test's.
  text.replace(/[^\x20-\x7e]/g, '~'),
);

function headersOf(parameters: Parameter[]): fc.Arbitrary<Record<string, string>> {
  const declared = parameters.filter((parameter) => parameter.in === 'header');
  const all = [...declared.map(({ name }) => name), 'X-Request-Id', 'Accept-Language', 'Accept'];
  const some = all.map((name) =>
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), headerValue)
      .map(([dice, value]) => (dice === 0 ? [[name, value] as const] : [])),
  );
  return fc.tuple(...some).map((parts) => Object.fromEntries(parts.flat()));
}

/** JSON mostly; else JSON that was damaged on the way, or bytes of no meaning. */
function bodyOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Uint8Array> {
  const text = value.map((member) => JSON.stringify(member));
  return fc.oneof(
    { weight: 40, arbitrary: text.map(toBytes) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(text, fc.nat(), fc.nat(255))
        .map(([json, place, byte]) => damaged(toBytes(json), place, byte)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(text, fc.nat())
        .map(([json, at]) => toBytes(json.slice(0, at % (json.length + 1)))),
    },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.integer({ min: 10, max: 20_000 }).map(deep) },
    {
      weight: 1,
      arbitrary: anything.map((member) => toBytes(JSON.stringify({ context: member }))),
    },
    // Dear to send, so rare.
    {
      weight: 1,
      arbitrary: oddly(fc.constant(toBytes(`"${'x'.repeat(1 << 20)}"`)), toBytes('[]')),
    },
  );
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function damaged(bytes: Uint8Array, place: number, byte: number): Uint8Array {
  bytes[place % Math.max(bytes.length, 1)] = byte;
  return bytes;
}

function deep(levels: number): Uint8Array {
  return toBytes(`{"context":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`);
}
