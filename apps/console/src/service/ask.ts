import { client } from '#contracts/client/client.gen.js';
import type { ProblemView } from '#contracts/client/types.gen.js';

// The page and the API are one origin: no address, no key, only the session's cookie.
client.setConfig({ baseUrl: '', credentials: 'same-origin' });

/** What the service refused, or that it could not be reached. */
export class ServiceProblem extends Error {
  constructor(
    /** HTTP's status; 0: no answer came. */
    readonly status: number,
    /** As the service names it, such as `validation_failed`; `unreachable` without an answer. */
    readonly code: string,
    detail: string,
    /** By the field's path, why it was refused. */
    readonly errors: Record<string, string[]> = {},
    readonly requestId: string | null = null,
  ) {
    super(detail);
  }
}

const unauthorized = new Set<() => void>();

/** Has somebody told of each 401: the session is over. Gives back what ends that. */
export function onUnauthorized(listener: () => void): () => void {
  unauthorized.add(listener);
  return () => void unauthorized.delete(listener);
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response?: Response;
}

/**
 * The data that a call of the generated client brings.
 *
 *     useQuery({ queryKey: ['phases'], queryFn: ({ signal }) => ask(listPhases({ signal })) })
 *
 * @throws ServiceProblem
 */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (response?.ok) return data as Data;
  if (response?.status === 401) for (const listener of unauthorized) listener();
  throw problemOf(error, response);
}

function problemOf(error: unknown, response: Response | undefined): ServiceProblem {
  if (!response) return new ServiceProblem(0, 'unreachable', 'The service does not answer.');
  if (!isProblem(error)) return new ServiceProblem(response.status, 'unknown', response.statusText);
  const { status, code, detail, title, errors, request_id } = error;
  return new ServiceProblem(status, code, detail ?? title, errors ?? {}, request_id ?? null);
}

function isProblem(error: unknown): error is ProblemView {
  return typeof error === 'object' && error !== null && 'code' in error && 'status' in error;
}
