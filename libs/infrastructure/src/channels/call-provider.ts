import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';

/** What came of one HTTP call, before anybody asks what the answer means. */
export type ProviderAnswer =
  | {
      kind: 'answered';
      status: number;
      headers: Record<string, string | string[] | undefined>;
      /** The body as UTF-8, cut at the limit. */
      text: string;
      elapsedMs: number;
    }
  /** Not one byte of the request left: name, route or TLS failed. */
  | { kind: 'not_sent'; code: string; detail: string }
  /** The request may have arrived; its answer did not, or not in time. */
  | { kind: 'no_answer'; code: string; detail: string };

export interface ProviderCall {
  origin: string;
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | Buffer;
  /** From the call to the last byte of the answer. */
  timeoutMs: number;
  /** How much of the answer's body is read; 64 KiB unless said. */
  maximumBodyBytes?: number;
}

/** Calls a provider once: no redirects, no retries. Never rejects. */
export async function callProvider(
  dispatcher: Dispatcher,
  { timeoutMs, maximumBodyBytes = 64 * 1024, ...request }: ProviderCall,
): Promise<ProviderAnswer> {
  const startedAt = performance.now();
  const deadline = new AbortController();
  // Not AbortSignal.timeout: its timer would outlive the call, and calls are many.
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    const response = await dispatcher.request({
      ...request,
      signal: deadline.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const text = await readCapped(response.body, maximumBodyBytes);
    return {
      kind: 'answered',
      status: response.statusCode,
      headers: response.headers,
      text,
      elapsedMs: performance.now() - startedAt,
    };
  } catch (error) {
    return deadline.signal.aborted
      ? { kind: 'no_answer', code: 'timeout', detail: `no answer within ${timeoutMs} ms` }
      : failure(error);
  } finally {
    clearTimeout(timer);
  }
}

async function readCapped(
  body: Dispatcher.ResponseData['body'],
  maximumBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the body, and with it a connection that would go on and on.
    if (bytes >= maximumBytes) break;
  }
  const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  return whole.toString('utf8', 0, maximumBytes);
}

/** System and undici codes that arise before a connection stands. */
const beforeConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_INVALID_ARG',
  'ADDRESS_NOT_GLOBAL',
]);

function failure(error: unknown): ProviderAnswer {
  const code = codeOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  const neverSent = beforeConnection.has(code) || isCertificateProblem(code);
  return { kind: neverSent ? 'not_sent' : 'no_answer', code, detail };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : 'unknown_error';
}

/** Whether a code of node:tls says that the other side is not who it should be. */
export function isCertificateProblem(code: string): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code);
}
