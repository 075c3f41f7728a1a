import type { Overload } from '../dispatch/decide-overload.js';

/** What waits to leave, as far as it keeps the next event out. */
export abstract class Backlog {
  /**
   * Why a workshop's next event cannot be taken now; null when it can. Answers from what was
   * counted last, without a round trip.
   *
   * @param tallerId null asks for the service as a whole
   */
  abstract overload(tallerId: string | null): Overload | null;
}
