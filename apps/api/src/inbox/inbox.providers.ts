import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { StaffInbox } from '#infrastructure/persistence/inbox/staff-inbox.js';
import { TableActivity } from '#infrastructure/persistence/inbox/table-activity.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { Callers } from '../access/callers.js';
import { InboxStreams } from './inbox-streams.js';
import { InboxTail } from './inbox-tail.js';

/** What staff are told, and those who read along. */
export function inboxProviders({ database }: Configuration): Provider[] {
  return [
    bind(StaffInbox, [DataSource]),
    bind(TableActivity, [DataSource]),
    bind(InboxTail, [StaffInbox, SetupCache]),
    {
      provide: InboxStreams,
      inject: [InboxTail, TableActivity, Callers],
      useFactory: (tail: InboxTail, activity: TableActivity, callers: Callers) =>
        new InboxStreams(tail, activity, callers, database.sessionUrl),
    },
  ];
}
