import type { DataSource } from 'typeorm';

/** What a screen may show, by the tables that its rows come from. */
const tablesOf = {
  events: ['event'],
  messages: ['notification', 'message'],
  dead_letters: ['dead_letter'],
  accounts: ['provider_account'],
  customers: ['customer', 'vehicle', 'reminder', 'customer_preference'],
  templates: ['template', 'template_version'],
  configuration: [
    'orchestration_config',
    'matrix_cell',
    'taller',
    'staff_member',
    'channel_setting',
    'schedule',
    'api_key',
  ],
  inbox: ['staff_notice', 'notice_read', 'notice_reader'],
} as const;

export type Topic = keyof typeof tablesOf;
const topics = Object.keys(tablesOf) as Topic[];

/**
 * Tells which kinds of rows were changed since it was asked last, by the counts that Postgres keeps
 * of every table anyway. Nobody who writes does anything for it. A connection reports its counts at
 * the end of a transaction, once a second at most and after ten seconds of rest at the latest: so a
 * change is told of mostly after one or two seconds, and sometimes after ten. A change that was
 * rolled back is told of as well.
 */
export class TableActivity {
  private known = new Map<string, string>();
  private begun: Promise<unknown> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Counts for the first time, once for all who ask: what changes from now on is told of. */
  begin(): Promise<unknown> {
    this.begun ??= this.changed().catch((error) => {
      this.begun = undefined;
      throw error;
    });
    return this.begun;
  }

  /** Those that were changed since it was asked before; none when it was not. */
  async changed(): Promise<Topic[]> {
    const rows = await this.dataSource.query<{ topic: Topic; changes: string }[]>(countChanges, [
      topics.flatMap((topic) => tablesOf[topic].map(() => topic)),
      topics.flatMap((topic) => tablesOf[topic]),
    ]);
    const moved = rows.filter(({ topic, changes }) => this.known.get(topic) !== changes);
    const isFirst = this.known.size === 0;
    this.known = new Map(rows.map(({ topic, changes }) => [topic, changes]));
    return isFirst ? [] : moved.map(({ topic }) => topic);
  }
}

const countChanges = `
  SELECT topic, sum(pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
    + pg_stat_get_tuples_deleted(oid))::text AS changes
  FROM (
    SELECT topic, to_regclass(name) AS oid FROM unnest($1::text[], $2::text[]) AS t(topic, name)
  ) tables
  GROUP BY topic
`;
