import type { DataSource } from 'typeorm';
import type { DeadLetterState } from '#contracts/http/dead-letters.dto.js';
import { anywhere, findPage, type PageOfRows, type PageWindow } from '../find-page.js';
import { type DeadLetterRow, deadLetterSchema } from '../schema/dead-letter.schema.js';

export interface DeadLetterFilter {
  kind?: string;
  cause?: string;
  state?: DeadLetterState;
  search?: string;
}

/** Dead letters of one cause that are not settled. */
export interface DeadLetterGroup {
  kind: DeadLetterRow['kind'];
  cause: string;
  count: number;
  /** Of these, how many wait for a replay that was asked for. */
  waiting: number;
  oldest: Date;
  newest: Date;
}

/** What a dead letter was. */
export interface DeadThing {
  event_id: string | null;
  event_type: string | null;
  recipient_kind: string | null;
  recipient_id: string | null;
  task_kind: string | null;
  /** The ids of its first records. */
  record_ids: string[] | null;
  webhook_source: string | null;
  schedule: string | null;
  due_at: Date | null;
  attempts: number;
}

/** Reads what failed for good. A key that is bound to a workshop sees what concerns it alone. */
export class DeadLettersRepository {
  constructor(private readonly dataSource: DataSource) {}

  page(
    scope: string | null,
    { kind, cause, state, search }: DeadLetterFilter,
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<DeadLetterRow>> {
    const query = this.visible(scope);
    if (kind !== undefined) query.andWhere('d.kind = :kind', { kind });
    if (cause !== undefined) query.andWhere('d.cause = :cause', { cause });
    if (state !== undefined) query.andWhere(stateConditions[state]);
    if (search !== undefined) {
      const words = "searchable(d.cause || ' ' || coalesce(d.detail, '')) LIKE searchable(:text)";
      query.andWhere(words, { text: anywhere(search) });
    }
    return findPage(query, ordering, 'id', window);
  }

  find(scope: string | null, id: string): Promise<DeadLetterRow | null> {
    return this.visible(scope).andWhere('d.id = :id', { id }).getOne();
  }

  async thingOf(id: string): Promise<DeadThing> {
    const [row] = await this.dataSource.query<DeadThing[]>(thing, [id, shownRecords]);
    if (!row) throw new Error('a query without a table gave no row');
    return row;
  }

  async groups(
    scope: string | null,
    filter: { kind?: string },
    { offset, limit }: PageWindow,
  ): Promise<PageOfRows<DeadLetterGroup>> {
    const parameters = [scope, filter.kind ?? null];
    const [[counted], rows] = await Promise.all([
      this.dataSource.query<{ count: number }[]>(
        `SELECT count(DISTINCT (kind, cause))::integer AS count FROM dead_letter ${unsettled}`,
        parameters,
      ),
      this.dataSource.query<DeadLetterGroup[]>(groups, [...parameters, offset, limit]),
    ]);
    return { count: counted?.count ?? 0, rows };
  }

  private visible(scope: string | null) {
    const query = this.dataSource.manager.createQueryBuilder(deadLetterSchema, 'd');
    return scope === null ? query : query.andWhere('d.taller_id = :scope', { scope });
  }
}

const stateConditions: Readonly<Record<DeadLetterState, string>> = {
  open: 'd.resolved_at IS NULL AND d.replay_due_at IS NULL',
  waiting: 'd.resolved_at IS NULL AND d.replay_due_at IS NOT NULL',
  replayed: 'd.replayed_as IS NOT NULL',
  refused: 'd.refusal IS NOT NULL',
};

/** The ids of a task's records that are shown. */
const shownRecords = 20;

const thing = `
  SELECT e.id AS event_id, e.event_type, n.recipient_kind, n.recipient_id, t.kind AS task_kind,
    (SELECT json_agg(record->>'id' ORDER BY place)
     FROM jsonb_array_elements(t.payload) WITH ORDINALITY AS entry(record, place)
     WHERE place <= $2) AS record_ids,
    w.source AS webhook_source, r.schedule_name AS schedule, r.due_at,
    coalesce(t.attempts, w.attempts, r.tries,
      (SELECT sum(m.attempts)::integer FROM message m WHERE m.notification_id = n.id), 0)
      AS attempts
  FROM (SELECT $1::uuid AS id) wanted
  LEFT JOIN notification n ON n.id = wanted.id LEFT JOIN event e ON e.id = n.event_id
  LEFT JOIN sync_task t ON t.id = wanted.id
  LEFT JOIN received_webhook w ON w.id = wanted.id
  LEFT JOIN schedule_run r ON r.id = wanted.id
`;

const unsettled = `
  WHERE resolved_at IS NULL AND ($1::uuid IS NULL OR taller_id = $1)
    AND ($2::text IS NULL OR kind = $2)
`;

/** The largest first: what hit most people is looked at first. */
const groups = `
  SELECT kind, cause, count(*)::integer AS count, count(replay_due_at)::integer AS waiting,
    min(at) AS oldest, max(at) AS newest
  FROM dead_letter ${unsettled}
  GROUP BY kind, cause
  ORDER BY count(*) DESC, kind, cause
  OFFSET $3 LIMIT $4
`;
