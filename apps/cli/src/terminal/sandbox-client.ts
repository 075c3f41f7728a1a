import { CliError } from './cli-error.js';
import { say } from './say.js';

/** A message as the sandbox shows it. */
export interface SandboxMessage {
  id: number;
  channel: string;
  to: string;
  at: string;
  subject: string | null;
  title: string | null;
  text: string | null;
  messageId: string | null;
}

export interface SandboxFilter {
  channel?: string;
  to?: string;
  contains?: string;
  /** Only messages with a greater id. */
  after?: number;
  /** Milliseconds to wait for the first one. */
  wait?: number;
}

/** What arrived, oldest first; nothing when the wait is over and nothing came. */
export async function arrivedMessages(
  sandboxUrl: string,
  { wait, ...filter }: SandboxFilter,
): Promise<SandboxMessage[]> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) query.set(name, String(value));
  }
  if (wait !== undefined) query.set('timeoutMs', String(wait));
  const path = wait === undefined ? '/sandbox/messages' : '/sandbox/messages/wait';
  const answer = await call(sandboxUrl, 'GET', `${path}?${query}`);
  const { messages } = (await answer.json()) as { messages: SandboxMessage[] };
  return messages;
}

/** How a channel is to fail: so many `times`, or until the fault is taken back. */
export interface SandboxFault {
  channel: string;
  kind: string;
  times?: number;
}

/** Makes channels fail from now on; the first fault that fits counts. Those in force end. */
export async function setFaults(
  sandboxUrl: string,
  faults: readonly SandboxFault[],
): Promise<void> {
  await call(sandboxUrl, 'PUT', '/sandbox/faults', faults);
}

/** Takes the faults of one channel back. */
export async function clearFaults(sandboxUrl: string, channel: string): Promise<void> {
  await call(sandboxUrl, 'DELETE', `/sandbox/faults?channel=${channel}`);
}

async function call(
  sandboxUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const answer = await fetch(`${sandboxUrl}${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new CliError(
      say(
        `El sandbox no responde en ${sandboxUrl}: arránquelo con npm start.`,
        `The sandbox does not answer at ${sandboxUrl}: start it with npm start.`,
      ),
    );
  });
  // 408: waited in vain, which is an answer.
  if (answer.ok || answer.status === 408) return answer;
  throw new CliError(`${answer.status} ${await answer.text()}`);
}
