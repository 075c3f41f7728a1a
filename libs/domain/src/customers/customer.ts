import type { Recipient } from './recipient.js';

/** A customer of a workshop, as far as an event about its vehicle needs it. */
export interface Customer {
  recipient: Recipient;
  tallerId: string | null;
}

export interface Vehicle {
  /** The core system's own id. */
  id: string;
  plate: string;
  /** Make, model and year, as people say it: `Haval H6 2024`. */
  description: string;
}
