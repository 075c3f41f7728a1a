import * as sdk from '#contracts/client/index.js';
import { type Caller, clientOf } from './journeys.js';

/** What whoever is on duty looks at. */
export async function watchOver(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  await sdk.getQueues({ client });
  await sdk.listSchedules({ client, query: { page_size: 5 } });
  await sdk.getHouseChannels({ client });
  await sdk.testHouseChannel({ client, path: { channel: 'push' } });
}

/** The sandbox: what arrived, and how it is made to fail. Leaves it as it was found. */
export async function playInSandbox(caller: Caller): Promise<void> {
  const client = clientOf(caller);
  await sdk.getSandbox({ client });
  const { data } = await sdk.listSandboxMessages({ client, query: { page_size: 1 } });
  await sdk.getSandboxMessage({ client, path: { id: String(data?.results[0]?.id ?? 1) } });
  for (const times of [1, null]) {
    const body = { channel: 'email', kind: 'slow', to: 'nobody@', times } as const;
    await sdk.putSandboxFault({ client, body });
  }
  await sdk.clearSandboxFaults({ client, query: { channel: 'email' } });
  await sdk.clearSandboxMessages({ client });
}
