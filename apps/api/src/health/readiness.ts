import type { DataSource } from 'typeorm';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';

/** Something without which requests cannot be answered well. */
export interface ReadinessCheck {
  /** What the answer calls it: `database`. */
  name: string;
  /** Throws when it does not answer. */
  probe(): Promise<unknown>;
}

/** What `GET /health/ready` asks, until the process begins to stop. */
export class Readiness {
  /** Set when the process stops: no new requests should come. */
  stopping = false;

  constructor(readonly checks: readonly ReadinessCheck[]) {}
}

/** The API's own: it reads and writes the database, and wakes workers through the queue. */
export function apiReadiness(dataSource: DataSource, queue: DeliveryQueue): Readiness {
  return new Readiness([
    { name: 'database', probe: () => dataSource.query('SELECT 1') },
    { name: 'queue', probe: () => queue.probe() },
  ]);
}
