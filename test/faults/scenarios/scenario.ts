import type { Arena } from '../arena.js';
import type { PersonKind } from '../people.js';

export type Backend = 'postgres' | 'redis';

/** A kind of fault, and how it is done to a service that works. */
export interface Scenario {
  name: string;
  /** How often it is done, by the size of the run. */
  times: { small: number; large: number };
  /** How often instead where the queue lies in Redis. */
  timesOnRedis?: Scenario['times'];
  /** Dispatches that go on meanwhile. */
  load: { kinds: readonly PersonKind[]; perSecond: number };
  /** Where the queue must lie; in Postgres unless said. */
  backends?: readonly Backend[];
  /** Its Postgres has a disk of its own, which can be filled. */
  onSmallDisk?: boolean;
  /** Does it; gives back how often it was really done, and what of it could not be. */
  run(arena: Arena, times: number): Promise<{ done: number; missed?: string[] }>;
}

/** The load of ordinary days: all channels, some that refuse. */
export const everyday: Scenario['load'] = {
  kinds: ['email', 'whatsapp', 'push', 'climb-whatsapp', 'email', 'whatsapp', 'push', 'hopeless'],
  perSecond: 15,
};
