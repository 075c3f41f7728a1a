import { type TimelineEntry, timelineKinds } from '#contracts/http/events.dto.js';
import { leftOutReasons } from '#domain/dispatch/channel-decision.js';
import type {
  EventRow,
  MessageRow,
  NotificationRow,
  TimelineRow,
} from '#infrastructure/persistence/events.repository.js';
import { channelNames, type Sentence, sayRow } from './timeline-sentences.js';

/**
 * All that happened to a notification, from the event on. What was received and decided stands in
 * the rows of event and notification; what came after, in the timeline.
 *
 * A newer program beside this one may write kinds and words that are not known here: the kinds are
 * left out, and the words stand as they are.
 */
export function timelineOf(
  event: EventRow,
  notification: NotificationRow,
  messages: ReadonlyMap<string, MessageRow>,
  rows: readonly TimelineRow[],
): TimelineEntry[] {
  return [
    received(event),
    ...notification.decision.map((decision) => decided(notification, decision)),
    ...rows
      .filter(isKnown)
      .map((row) => happened(row, row.message_id ? messages.get(row.message_id) : undefined)),
  ];
}

const known: ReadonlySet<string> = new Set(timelineKinds);

function isKnown({ kind }: TimelineRow): boolean {
  return known.has(kind);
}

const nothing = {
  channel: null,
  message_id: null,
  attempt: null,
  outcome: null,
  code: null,
  detail: null,
};

function received(event: EventRow): TimelineEntry {
  return {
    ...nothing,
    at: event.created_at.toISOString(),
    kind: 'received',
    text_es: `Se recibió el evento ${event.event_type}.`,
    text_en: `The event ${event.event_type} was received.`,
  };
}

const orders = {
  recipient: { es: 'la preferencia de la persona', en: "the person's preference" },
  matrix: { es: 'la matriz', en: 'the matrix' },
  quiet_hours: { es: 'el horario de silencio', en: 'quiet hours' },
} as const;

function decided(
  notification: NotificationRow,
  decision: NotificationRow['decision'][number],
): TimelineEntry {
  const at = notification.created_at.toISOString();
  const { channel } = decision;
  const name = channelNames[channel] ?? { es: channel, en: channel };
  if (decision.verdict === 'left_out') {
    const { reason } = decision;
    const { es, en } = leftOutReasons[reason] ?? { es: reason, en: reason };
    return {
      ...nothing,
      at,
      kind: 'left_out',
      channel,
      code: decision.reason,
      text_es: `${name.es} queda fuera: ${es}`,
      text_en: `${name.en} is left out: ${en}`,
    };
  }
  const { orderedBy } = decision;
  const order = orders[orderedBy] ?? { es: orderedBy, en: orderedBy };
  return {
    ...nothing,
    at,
    kind: 'planned',
    channel,
    text_es: `${name.es} se intentará en el lugar ${decision.position}, según ${order.es}.`,
    text_en: `${name.en} will be tried in place ${decision.position}, by ${order.en}.`,
  };
}

function happened(row: TimelineRow, message: MessageRow | undefined): TimelineEntry {
  const sentence: Sentence = sayRow(row, message?.channel ?? null);
  return {
    ...nothing,
    at: row.at.toISOString(),
    kind: sentence.kind,
    channel: message?.channel ?? null,
    message_id: row.message_id,
    attempt: row.attempt,
    outcome: sentence.outcome,
    code: textOr(row.data.code) ?? textOr(row.data.because) ?? textOr(row.data.reason),
    detail: textOr(row.data.detail) ?? textOr(row.data.as) ?? textOr(row.data.of),
    text_es: sentence.es,
    text_en: sentence.en,
  };
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
