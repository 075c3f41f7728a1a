import type { DataSource } from 'typeorm';
import { LiquidTemplateEngine } from '../../templates/liquid-template-engine.js';
import { SetupCache } from '../setup-cache.js';
import { inventHistory } from './invent-history.js';
import {
  type DemoSubscription,
  writeFormerDevices,
  writeSubscriptions,
} from './write-demo-devices.js';
import { writeHistory } from './write-demo-history.js';
import { hasPeople, writePeople } from './write-demo-people.js';

/** Any number, the same in all processes, and not the seed's. */
const demoLock = 7_305_600_002;

export interface DemoSummary {
  /** False where the demo was there already: then only subscriptions were written. */
  created: boolean;
  /** Of the invented month; 0 where nothing was created. */
  events: number;
  notifications: number;
}

/**
 * Loads an invented workshop to look at: a taller, staff, customers with vehicles and preferences
 * of every kind, reminders, and a month of past notifications. One transaction; where any of it
 * is there already, it is left as it is. Needs the seed.
 *
 * @param options.subscriptions browsers of customers at the sandbox, written at every call
 * @param options.pushOrigin of the push service that devices of the past month were at
 */
export async function loadDemo(
  dataSource: DataSource,
  options: { subscriptions?: readonly DemoSubscription[]; pushOrigin?: string | null } = {},
): Promise<DemoSummary> {
  const setup = await new SetupCache(dataSource, new LiquidTemplateEngine()).current();
  if (setup.configs.length === 0) throw new Error('The demo needs the seed: load that first');
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [demoLock]);
    const created = !(await hasPeople(manager));
    const summary: DemoSummary = { created, events: 0, notifications: 0 };
    if (created) {
      await writePeople(manager);
      const origin = options.pushOrigin ?? 'https://push.example.com';
      const devices = await writeFormerDevices(manager, origin);
      const [{ now }] = await manager.query('SELECT now() AS now');
      const history = inventHistory(setup, devices, now);
      await writeHistory(manager, history);
      summary.events = history.events.length;
      summary.notifications = history.notifications.length;
    }
    await writeSubscriptions(manager, options.subscriptions ?? []);
    return summary;
  });
}
