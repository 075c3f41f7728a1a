import { endsInTime } from './in-time.js';

/** The two halves of a close. */
export interface Closing {
  /** Takes no new work, and resolves when what is under way is written down. */
  drain(): Promise<unknown>;
  /** Lets go of the connections that the work needed. */
  letGo(): Promise<unknown>;
  /** Hears what did not go as it should. */
  onTrouble(trouble: string): void;
}

/** What is longer under way is cut off; another process finds it when its lease has ended. */
const drainsWithinMs = 18_000;
/** A server that is away says no farewell. */
const letsGoWithinMs = 3500;

/**
 * Closes in good order and, whatever hangs, in less than the 25 s after which a process is cut
 * off: in 21.5 s at most. Never rejects.
 */
export async function closeInTime({ drain, letGo, onTrouble }: Closing): Promise<void> {
  const tell = (error: unknown) => onTrouble(`not closed well: ${String(error)}`);
  const drained = await endsInTime(drainsWithinMs, drain().catch(tell));
  if (!drained) onTrouble('what is still under way is cut off, and found again by its lease');
  await endsInTime(letsGoWithinMs, letGo().catch(tell));
}
