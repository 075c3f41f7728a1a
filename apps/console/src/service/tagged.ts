import { ask, ServiceProblem } from './ask.js';

/** What the service answered, with the tag under which a change can be made for it (`If-Match`). */
export interface Tagged<Data> {
  data: Data;
  etag: string;
}

/**
 * As {@link ask}, for what two people may change at once.
 *
 * @throws ServiceProblem
 */
export async function askTagged<Data>(
  call: Promise<{ data?: Data; error?: unknown; response?: Response }>,
): Promise<Tagged<Data>> {
  const data = await ask(call);
  const { response } = await call;
  // Of what has no tag, no state matches an empty one: nothing is overwritten unseen.
  return { data, etag: response?.headers.get('etag') ?? '' };
}

/** The header that lets a change be made to the state that was seen, and to no other. */
export function ifMatch(etag: string): { 'If-Match': string } {
  return { 'If-Match': etag };
}

/** Whether a change was refused because somebody else made one first; nothing was written then. */
export function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ServiceProblem && error.status === 412;
}
