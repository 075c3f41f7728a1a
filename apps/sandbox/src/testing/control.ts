import type { Sandbox } from '../start-sandbox.js';
import type { ArrivedMessageView } from '../world/arrived-message.js';

/** Calls the sandbox's control API; the answer's JSON, null where there is none. */
export async function ask(
  { httpUrl }: Sandbox,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${httpUrl}/sandbox/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** What arrived and fits the query, such as `channel=email`; oldest first. */
export async function arrivedAt(sandbox: Sandbox, query: string): Promise<ArrivedMessageView[]> {
  const { messages } = (await ask(sandbox, 'GET', `messages?${query}`)) as {
    messages: ArrivedMessageView[];
  };
  return messages;
}

/** A place of this machine at which, just now, nobody listens. */
export async function nobodyThere(): Promise<{
  httpUrl: string;
  smtpPort: number;
  environment: Record<string, string>;
}> {
  const { startSandbox } = await import('../start-sandbox.js');
  const gone = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
  await gone.close();
  return gone;
}
