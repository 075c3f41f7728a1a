import { CliError } from './cli-error.js';
import { say } from './say.js';

/** Speaks to the service as any other client does. */
export class ApiClient {
  /** @param url without a slash at its end */
  constructor(
    readonly url: string,
    private readonly apiKey: string | null = null,
  ) {}

  /** Throws {@link CliError} with the service's own words for a refusal. */
  async get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  /** Throws {@link CliError} with the service's own words for a refusal. */
  async post<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', path, body);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.apiKey ? { authorization: `Bearer ${this.apiKey}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    }).catch((error: Error) => {
      throw unreachable(this.url, error);
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok) throw refusal(response.status, answer as Problem);
    return answer as T;
  }
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  errors?: Record<string, string[]>;
}

function refusal(status: number, problem: Problem): CliError {
  const what = problem.detail ?? problem.title ?? '';
  const fields = Object.entries(problem.errors ?? {}).flatMap(([field, reasons]) =>
    reasons.map((reason) => `  ${field}: ${reason}`),
  );
  return new CliError([`${status} ${problem.code ?? ''} ${what}`, ...fields].join('\n'), {
    status,
    ...problem,
  });
}

function unreachable(url: string, error: Error): CliError {
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return new CliError(
    say(
      `La API no responde en ${url} (${cause}): arránquela con npm start, o indique otra con --api.`,
      `The API does not answer at ${url} (${cause}): start it with npm start, or name another with --api.`,
    ),
  );
}
