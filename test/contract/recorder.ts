import { AnswerCheck } from '../fuzz/answer-check.js';
import type { DocumentParts, Operation } from '../fuzz/document.js';

/** A request as it went out, to be sent again with something wrong about it. */
export interface SentRequest {
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/**
 * A `fetch` that holds every answer to the document and notes which of the declared answers have
 * been seen, so that what is declared and never given is found as well as the opposite.
 */
export class Recorder {
  /** What was answered otherwise than declared. */
  readonly faults: string[] = [];
  /** By operation id: the last two different requests that succeeded, the newest first. */
  readonly succeeded = new Map<string, SentRequest[]>();
  private readonly seen = new Map<string, Set<number>>();
  private readonly check: AnswerCheck;
  private readonly patterns: { operation: Operation; pattern: RegExp }[];

  /** @param url where the service answers whose successes are worth repeating */
  constructor(
    private readonly url: string,
    { operations, schemas }: DocumentParts,
  ) {
    this.check = new AnswerCheck(schemas);
    this.patterns = operations
      .map((operation) => ({ operation, pattern: patternOf(operation.path) }))
      // A path that names its last part goes before one that takes anything there.
      .sort((a, b) => parametersIn(a.operation.path) - parametersIn(b.operation.path));
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.clone().text();
    const answer = await fetch(request);
    const operation = this.operationOf(request.method, new URL(request.url).pathname);
    if (!operation) throw new Error(`${request.method} ${request.url} is not in the document`);
    const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    const text = await textOf(answer, type);
    const headers = Object.fromEntries(request.headers);
    const fault = this.check.faultOf(
      { operation, method: request.method },
      { status: answer.status, type, text },
    );
    if (fault) this.faults.push(`${operation.id} ${request.url} ${body.slice(0, 300)}: ${fault}`);
    this.note(operation.id, answer.status);
    if (answer.ok && request.url.startsWith(this.url)) {
      const sent = { url: request.url, headers, body: body === '' ? undefined : body };
      const [before] = this.succeeded.get(operation.id) ?? [];
      if (before?.body !== sent.body || before?.url !== sent.url) {
        this.succeeded.set(operation.id, before ? [sent, before] : [sent]);
      }
    }
    return answer;
  };

  /** Sends again what succeeded, changed. */
  repeat(
    { method }: Operation,
    sent: SentRequest,
    changes: { url?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Response> {
    return this.fetch(changes.url ?? sent.url, {
      method,
      headers: { ...sent.headers, ...changes.headers },
      body: changes.body ?? sent.body,
    });
  }

  /** Declared answers that nobody has seen, as `operation status`. */
  unseen(): string[] {
    return this.patterns.flatMap(({ operation: { id, responses } }) =>
      [...responses.keys()]
        .filter((status) => !this.seen.get(id)?.has(status))
        .map((status) => `${id} ${status}`),
    );
  }

  hasSeen(id: string, status: number): boolean {
    return this.seen.get(id)?.has(status) ?? false;
  }

  private note(id: string, status: number): void {
    const statuses = this.seen.get(id) ?? new Set();
    statuses.add(status);
    this.seen.set(id, statuses);
  }

  private operationOf(method: string, pathname: string): Operation | undefined {
    const fitting = this.patterns.filter(({ pattern }) => pattern.test(pathname));
    return fitting.find(({ operation }) => operation.method === method)?.operation;
  }
}

/** A stream has no end to be waited for. */
async function textOf(answer: Response, type: string): Promise<string> {
  if (type !== 'text/event-stream') return answer.clone().text();
  await answer.body?.cancel();
  return '';
}

function patternOf(path: string): RegExp {
  const parts = path
    .replace(/\/$/, '')
    .split('/')
    .map((part) => (part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}/?$`);
}

function parametersIn(path: string): number {
  return path.split('{').length;
}
