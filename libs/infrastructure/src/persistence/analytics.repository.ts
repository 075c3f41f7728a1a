import type { DataSource } from 'typeorm';
import type { StateCount } from '#domain/analytics/delivery-figures.js';
import type { TimedBucket } from '#domain/analytics/delivery-times.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { MessageState } from '#domain/delivery/climb-ladder.js';
import {
  defaultTimeZone,
  everyTaller,
  keptInScope,
  type RollUps,
  scopeIsKept,
} from './roll-ups.js';

/** Whose messages, and in which zone their days are meant. */
export interface AnalyticsScope {
  id: string;
  timeZone: string;
  /** There, by the database's clock: `YYYY-MM-DD`. */
  today: string;
}

/** The first and the last day, both within: `YYYY-MM-DD`. */
export interface Period {
  from: string;
  to: string;
}

/** Messages made in a period, by what they are asked for, and by their state within that. */
export interface Summary {
  period: Period;
  timeZone: string;
  all: StateCounts;
  byChannel: Map<string, StateCounts>;
  byEventType: Map<string, StateCounts>;
  /** Without the days on which no message was made. */
  byDay: Map<string, StateCounts>;
  /** The same, by day and then by channel. */
  byDayAndChannel: Map<string, Map<string, StateCounts>>;
  /** How long those that a provider took have taken, by channel. */
  times: Map<string, TimedBucket[]>;
}

type StateCounts = Map<MessageState, StateCount>;

/** Reads what became of messages, from the roll-ups. */
export class AnalyticsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rollUps: RollUps,
  ) {}

  /** The scope of one workshop, or (null) of all, kept up to date from here on. */
  async scope(tallerId: string | null): Promise<AnalyticsScope> {
    const [row] = await this.dataSource.query<ScopeRow[]>(readScope, [
      tallerId,
      everyTaller,
      defaultTimeZone,
    ]);
    if (!row) throw new Error('a query of one row gave none');
    if (!row.kept) await this.rollUps.build(row.id, row.time_zone);
    return { id: row.id, timeZone: row.time_zone, today: row.today };
  }

  /** @param periodOf the days wanted, by the scope's today */
  async summary(tallerId: string | null, periodOf: (today: string) => Period): Promise<Summary> {
    const scope = await this.scope(tallerId);
    const period = periodOf(scope.today);
    const rows = await this.dataSource.query<CountedRow[]>(sumUp, [
      scope.id,
      scope.timeZone,
      period.from,
      period.to,
    ]);
    // A workshop moved to another zone between the two queries.
    if (rows.some(({ kept }) => !kept)) return this.summary(tallerId, periodOf);
    const summary: Summary = {
      period,
      timeZone: scope.timeZone,
      all: new Map(),
      byChannel: new Map(),
      byEventType: new Map(),
      byDay: new Map(),
      byDayAndChannel: new Map(),
      times: new Map(),
    };
    for (const row of rows) addTo(summary, row);
    return summary;
  }
}

interface ScopeRow {
  id: string;
  time_zone: string;
  today: string;
  kept: boolean;
}

const readScope = `
  SELECT wanted.id, wanted.time_zone, ${scopeIsKept('wanted.id', 'wanted.time_zone')} AS kept,
    (clock_timestamp() AT TIME ZONE wanted.time_zone)::date::text AS today
  FROM (
    SELECT coalesce($1::uuid, $2::uuid) AS id,
      coalesce((SELECT known_time_zone(time_zone) FROM taller WHERE id = $1::uuid), $3) AS time_zone
  ) wanted
`;

interface CountedRow {
  /** Set in the rows of days and channels. */
  day: string | null;
  /** Null in the one row that is there even when no message is. */
  channel: Channel | null;
  /** Set in the rows of channels and kinds of event. */
  event_type: string | null;
  /** Null in the one row that is there even when no message is, and in those of delivery times. */
  state: MessageState | null;
  /** Set in the rows of delivery times, of which only `channel` and `messages` are set besides. */
  bucket: number | null;
  messages: number;
  timed: number;
  delivery_ms: number;
  kept: boolean;
}

/** Views of the same messages, in one statement; the others are sums of these, cheaper to make here. */
const sumUp = `
  WITH ${keptInScope}
  SELECT day::text, channel, event_type, state, NULL::smallint AS bucket,
    sum(messages)::float8 AS messages, sum(timed)::float8 AS timed,
    sum(delivery_ms)::float8 AS delivery_ms, ${scopeIsKept('$1::uuid', '$2')} AS kept
  FROM counted WHERE day BETWEEN $3::date AND $4::date
  GROUP BY GROUPING SETS ((), (day, channel, state), (channel, event_type, state))
  HAVING state IS NULL OR sum(messages) <> 0
  UNION ALL
  SELECT NULL, channel, NULL, NULL, bucket, sum(messages)::float8, 0, 0, true
  FROM took WHERE day BETWEEN $3::date AND $4::date
  GROUP BY channel, bucket HAVING sum(messages) > 0
`;

function addTo(summary: Summary, row: CountedRow): void {
  const { all, byChannel, byEventType, byDay, byDayAndChannel } = summary;
  const { day, channel, event_type, state, bucket, messages, timed, delivery_ms } = row;
  if (channel === null) return;
  if (bucket !== null) addTime(summary.times, channel, { bucket, messages });
  if (state === null) return;
  const count: StateCount = { state, messages, timed, deliveryMs: delivery_ms };
  if (day !== null) {
    addCount(groupIn(byDay, day), count);
    const ofDay = byDayAndChannel.get(day) ?? new Map();
    byDayAndChannel.set(day, ofDay);
    addCount(groupIn(ofDay, channel), count);
  }
  if (event_type === null) return;
  addCount(all, count);
  addCount(groupIn(byChannel, channel), count);
  addCount(groupIn(byEventType, event_type), count);
}

function addTime(times: Summary['times'], channel: Channel, time: TimedBucket): void {
  const ofChannel = times.get(channel) ?? [];
  times.set(channel, ofChannel);
  ofChannel.push(time);
}

function groupIn(groups: Map<string, StateCounts>, key: string): StateCounts {
  const group = groups.get(key) ?? new Map();
  groups.set(key, group);
  return group;
}

function addCount(counts: StateCounts, { state, messages, timed, deliveryMs }: StateCount): void {
  const sum = counts.get(state) ?? { state, messages: 0, timed: 0, deliveryMs: 0 };
  sum.messages += messages;
  sum.timed += timed;
  sum.deliveryMs += deliveryMs;
  counts.set(state, sum);
}
