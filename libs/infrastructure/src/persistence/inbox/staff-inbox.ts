import type { DataSource } from 'typeorm';
import type { PageOfRows, PageWindow } from '../find-page.js';
import { numberNotices } from './number-notices.js';

export type NoticeKind = 'event' | 'account_failing' | 'account_recovered' | 'dead_letters';

/** A notice with what its words are made of. */
export interface NoticeRow {
  id: string;
  number: number;
  kind: NoticeKind;
  taller_id: string | null;
  phase_id: string | null;
  event_id: string | null;
  data: { account?: string; code?: string | null; kind?: string; cause?: string };
  created_at: Date;
  event_type: string | null;
  service_type_id: string | null;
  /** Of the event, by the variable's name; empty once the person is erased. */
  variables: Record<string, string> | null;
  is_read: boolean;
}

export interface NoticeFilter {
  /** Null: those of no workshop. */
  tallerId?: string | null;
  phaseId?: string;
  unread?: boolean;
}

/** Who reads, and what he may see: the notices of one workshop, or (null) all. */
export interface NoticeReader {
  id: string;
  tallerId: string | null;
}

/** The staff inbox: what is told, to whom, and how far each has read. */
export class StaffInbox {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first. */
  async page(
    reader: NoticeReader,
    filter: NoticeFilter,
    { offset, limit }: PageWindow,
  ): Promise<PageOfRows<NoticeRow>> {
    const parameters = parametersOf(reader, filter);
    const [counted, rows] = await Promise.all([
      this.dataSource.query<{ count: number }[]>(countAll, parameters),
      this.dataSource.query<NoticeRow[]>(page, [...parameters, offset, limit]),
    ]);
    return { count: counted[0]?.count ?? 0, rows };
  }

  async unread(reader: NoticeReader, filter: Omit<NoticeFilter, 'unread'> = {}): Promise<number> {
    const parameters = parametersOf(reader, { ...filter, unread: true });
    const [row] = await this.dataSource.query<{ count: number }[]>(countAll, parameters);
    return row?.count ?? 0;
  }

  /** Null where there is none, or none that the reader may see. */
  async markRead(reader: NoticeReader, id: string): Promise<NoticeRow | null> {
    await this.newest();
    const [row] = await this.dataSource.query<NoticeRow[]>(markOne, [
      ...parametersOf(reader, {}),
      id,
    ]);
    return row ?? null;
  }

  /** @param upTo the last number that the reader has seen; what came after it stays unread */
  async markAllRead(
    reader: NoticeReader,
    filter: Omit<NoticeFilter, 'unread'>,
    upTo: number,
  ): Promise<void> {
    const isAll = filter.tallerId === undefined && filter.phaseId === undefined;
    if (isAll) await this.dataSource.query(moveMark, [reader.id, upTo]);
    else await this.dataSource.query(markMany, [...parametersOf(reader, filter), upTo]);
  }

  /** Numbers what waits for it, and tells the last number that can be seen; 0 without any. */
  async newest(): Promise<number> {
    const [state] = await this.dataSource.query<{ waits: boolean; newest: number }[]>(look);
    if (!state?.waits) return state?.newest ?? 0;
    await numberNotices(this.dataSource);
    const [after] = await this.dataSource.query<{ newest: number }[]>(look);
    return after?.newest ?? 0;
  }

  /** What came after one number and up to another, in order, for every workshop. */
  between(after: number, upTo: number, limit: number): Promise<NoticeRow[]> {
    return this.dataSource.query(between, [after, upTo, limit]);
  }

  /** The same, as far as a reader may see it. */
  missed(reader: NoticeReader, after: number, upTo: number, limit: number): Promise<NoticeRow[]> {
    return this.dataSource.query(missed, [...parametersOf(reader, {}), after, upTo, limit]);
  }
}

type Parameters = [
  reader: string,
  scope: string | null,
  byTaller: boolean,
  tallerId: string | null,
  phaseId: string | null,
  unread: boolean | null,
];

function parametersOf(reader: NoticeReader, filter: NoticeFilter): Parameters {
  const { tallerId, phaseId, unread } = filter;
  return [
    reader.id,
    reader.tallerId,
    tallerId !== undefined,
    tallerId ?? null,
    phaseId ?? null,
    unread ?? null,
  ];
}

/** SQL: whether the reader of the first parameter has read the notice `n`. */
const isRead = `(
  coalesce(n.number <= (SELECT read_until FROM notice_reader WHERE reader = $1), false)
  OR EXISTS (SELECT FROM notice_read r WHERE r.notice_id = n.id AND r.reader = $1))`;

const isWanted = `
  ($2::uuid IS NULL OR n.taller_id = $2) AND (NOT $3 OR n.taller_id IS NOT DISTINCT FROM $4::uuid)
  AND ($5::uuid IS NULL OR n.phase_id = $5)
  AND ($6::boolean IS NULL OR ${isRead} <> $6)`;

const columns = (read: string) => `
  n.id, n.number::float8 AS number, n.kind, n.taller_id, n.phase_id, n.event_id, n.data,
  n.created_at, e.event_type, e.service_type_id, told.variables, ${read} AS is_read`;

/** All who are told of an event are told with the same variables. */
const withEvent = `
  LEFT JOIN event e ON e.id = n.event_id
  LEFT JOIN LATERAL (
    SELECT variables FROM notification WHERE event_id = n.event_id LIMIT 1
  ) told ON true`;

const countAll = `
  SELECT count(*)::integer AS count FROM staff_notice n WHERE n.number IS NOT NULL AND ${isWanted}
`;

const page = `
  SELECT ${columns(isRead)} FROM (
    SELECT * FROM staff_notice n WHERE n.number IS NOT NULL AND ${isWanted}
    ORDER BY n.number DESC OFFSET $7 LIMIT $8
  ) n ${withEvent}
  ORDER BY n.number DESC
`;

const markOne = `
  WITH marked AS (
    INSERT INTO notice_read (notice_id, reader)
    SELECT n.id, $1 FROM staff_notice n WHERE n.id = $7 AND ${isWanted}
    ON CONFLICT DO NOTHING
  )
  SELECT ${columns('true')} FROM staff_notice n ${withEvent} WHERE n.id = $7 AND ${isWanted}
`;

const moveMark = `
  INSERT INTO notice_reader AS known (reader, read_until) VALUES ($1, $2)
  ON CONFLICT (reader) DO UPDATE SET read_until = greatest(known.read_until, excluded.read_until)
`;

const markMany = `
  INSERT INTO notice_read (notice_id, reader)
  SELECT n.id, $1 FROM staff_notice n
  WHERE n.number <= $7 AND ${isWanted} AND NOT ${isRead}
  ON CONFLICT DO NOTHING
`;

const look = `
  SELECT EXISTS (SELECT FROM staff_notice WHERE number IS NULL) AS waits,
    coalesce((SELECT max(number) FROM staff_notice), 0)::float8 AS newest
`;

const between = `
  SELECT ${columns('false')} FROM (
    SELECT * FROM staff_notice n WHERE n.number > $1 AND n.number <= $2
    ORDER BY n.number LIMIT $3
  ) n ${withEvent}
  ORDER BY n.number
`;

const missed = `
  SELECT ${columns(isRead)} FROM (
    SELECT * FROM staff_notice n WHERE n.number > $7 AND n.number <= $8 AND ${isWanted}
    ORDER BY n.number LIMIT $9
  ) n ${withEvent}
  ORDER BY n.number
`;
