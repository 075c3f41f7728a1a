/** Tells workers that messages are due. A lost call is found by the sweep of the outbox. */
export interface WakeUps {
  /**
   * Returns at once; the messages must be committed before.
   * @param patienceMs how long the wake-up may wait; not at all unless said
   */
  wake(messages: readonly { id: string; channel: string }[], patienceMs?: number): void;
}
