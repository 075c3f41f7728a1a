import { EntitySchema } from 'typeorm';

/** Something that failed for good. */
export interface DeadLetterRow {
  /** That of what failed: the notification, task, webhook or run. */
  id: string;
  kind: 'notification' | 'sync' | 'webhook' | 'schedule';
  /** Stable; dead letters are grouped by it. */
  cause: string;
  detail: string | null;
  taller_id: string | null;
  at: Date;
  /** When it is replayed, where that was asked for by group. */
  replay_due_at: Date | null;
  /** When it was replayed, or found that it may not be. */
  resolved_at: Date | null;
  /** Why it may not be replayed. */
  refusal: string | null;
  /** What was made of it, or has made up for it: another of its kind. */
  replayed_as: string | null;
}

export const deadLetterSchema = new EntitySchema<DeadLetterRow>({
  name: 'dead_letter',
  columns: {
    id: { type: 'uuid', primary: true },
    kind: { type: 'text' },
    cause: { type: 'text' },
    detail: { type: 'text', nullable: true },
    taller_id: { type: 'uuid', nullable: true },
    at: { type: 'timestamptz' },
    replay_due_at: { type: 'timestamptz', nullable: true },
    resolved_at: { type: 'timestamptz', nullable: true },
    refusal: { type: 'text', nullable: true },
    replayed_as: { type: 'uuid', nullable: true },
  },
});
