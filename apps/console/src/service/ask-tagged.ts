import { ask } from './ask.js';

/** A thing as it was read, with the name of that state for a change that is made for it alone. */
export interface Tagged<Data> {
  data: Data;
  /** For `If-Match`. */
  etag: string;
}

/**
 * As {@link ask}, with the state's tag.
 *
 * @throws ServiceProblem
 */
export async function askTagged<Data>(
  call: Promise<{ data?: Data; error?: unknown; response?: Response }>,
): Promise<Tagged<Data>> {
  const answer = await call;
  const data = await ask(Promise.resolve(answer));
  return { data, etag: answer.response?.headers.get('etag') ?? '' };
}
