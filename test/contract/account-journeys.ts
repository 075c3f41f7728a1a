import type { DataSource } from 'typeorm';
import * as sdk from '#contracts/client/index.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { type Caller, clientOf } from './journeys.js';

/** Ways out that fail, looked at and let go again. */
export async function mendAccounts(caller: Caller, dataSource: DataSource): Promise<void> {
  const client = clientOf(caller);
  for (const account of ['whatsapp:house', 'email:house']) {
    await dataSource.query(
      `INSERT INTO provider_account (account, channel, state, memory, gated_until)
       VALUES ($1, split_part($1, ':', 1), 'open', $2, 'infinity')`,
      [account, JSON.stringify(freshAccount)],
    );
    await sdk.resetProviderAccount({ client, path: { account } });
  }
  await sdk.listProviderAccounts({ client });
}
