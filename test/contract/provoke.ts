import type { Operation } from '../fuzz/document.js';
import type { Recorder, SentRequest } from './recorder.js';

export interface Keys {
  /** Has no scope that the operation wants. */
  lacking: (operation: Operation) => Record<string, string>;
}

type Provocation = (
  recorder: Recorder,
  operation: Operation,
  sent: SentRequest,
  keys: Keys,
) => Promise<unknown>;

/** How each refusal that an operation may declare is brought about, from a request that succeeded. */
export const provocations: Readonly<Record<number, Provocation>> = {
  304: async (recorder, operation, sent) => {
    const etag = (await recorder.repeat(operation, sent)).headers.get('etag') ?? '';
    return recorder.repeat(operation, sent, { headers: { 'if-none-match': etag } });
  },
  400: (recorder, operation, sent) => {
    if (sent.body !== undefined)
      return recorder.repeat(operation, sent, { body: '{"no_such": 1}' });
    const url = new URL(sent.url);
    if (operation.parameters.some((parameter) => parameter.in === 'query')) {
      url.searchParams.set('no_such', '1');
      return recorder.repeat(operation, sent, { url: url.href });
    }
    return recorder.repeat(operation, sent, { url: withParameter(operation, sent.url, '%00') });
  },
  401: (recorder, operation, sent) =>
    recorder.repeat(operation, sent, {
      headers: {
        authorization: '',
        'x-api-key': '',
        'x-internal-secret': '',
        'x-webhook-secret': '',
      },
    }),
  403: (recorder, operation, sent, keys) =>
    recorder.repeat(operation, sent, { headers: keys.lacking(operation) }),
  404: (recorder, operation, sent) => {
    const [parameter] = operation.parameters.filter((each) => each.in === 'path');
    const unknown =
      parameter?.schema.format === 'uuid'
        ? '0190ffff-0000-7000-8000-00000000ffff'
        : 'nobody-of-that-name';
    return recorder.repeat(operation, sent, { url: withParameter(operation, sent.url, unknown) });
  },
  406: (recorder, operation, sent) =>
    recorder.repeat(operation, sent, { headers: { accept: 'application/json' } }),
  // The first is under way when the others come.
  409: (recorder, operation, sent) => {
    const headers = { 'idempotency-key': `twins-${operation.id}` };
    return Promise.all(
      Array.from({ length: 8 }, () => recorder.repeat(operation, sent, { headers })),
    );
  },
  412: (recorder, operation, sent) =>
    recorder.repeat(operation, sent, { headers: { 'if-match': '"of-another-time"' } }),
  413: (recorder, operation, sent) =>
    recorder.repeat(operation, sent, {
      headers: { 'content-type': 'application/json' },
      body: `"${'x'.repeat(256 * 1024)}"`,
    }),
  415: (recorder, operation, sent) =>
    recorder.repeat(operation, sent, { headers: { 'content-type': 'text/plain' } }),
  422: async (recorder, operation, sent) => {
    const headers = { 'idempotency-key': `reused-${operation.id}` };
    const [, earlier] = recorder.succeeded.get(operation.id) ?? [];
    await recorder.repeat(operation, sent, { headers });
    if (sent.body !== undefined) return recorder.repeat(operation, earlier ?? sent, { headers });
    return recorder.repeat(operation, sent, {
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"other": 1}',
    });
  },
};

/** The address with another first parameter in its path. */
function withParameter({ path }: Operation, url: string, value: string): string {
  const target = new URL(url);
  const parts = target.pathname.split('/');
  const place = path.split('/').findIndex((part) => part.startsWith('{'));
  if (place >= 0) parts[place] = value;
  return `${target.origin}${parts.join('/')}${target.search}`;
}
