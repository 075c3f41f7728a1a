import type { NoticeView } from '#contracts/http/inbox.dto.js';
import type { Topic } from '#infrastructure/persistence/inbox/table-activity.js';

/** What a stream says, be it SSE or WebSocket. */
export type Frame =
  /** The stream stands; what comes has a higher number. */
  | { type: 'ready'; number: number }
  | { type: 'notice'; notice: NoticeView }
  /** Something of these kinds changed; whoever shows them asks anew. */
  | { type: 'activity'; topics: readonly Topic[] }
  /** Nothing happened, and the stream still stands. */
  | { type: 'beat' };

/** One who reads a stream. */
export interface LiveReader {
  send(frame: Frame): void;
  /** Bytes that he was sent and has not taken yet. */
  waitingBytes(): number;
  /** Resolves when he has taken all, or is gone. */
  flushed(): Promise<void>;
  /** Tells him to come again, and lets him go. */
  end(): void;
  /** Lets him go at once. */
  cut(): void;
  isGone(): boolean;
  /** Called once, when he is gone, whoever ended it. */
  onGone(listener: () => void): void;
}
