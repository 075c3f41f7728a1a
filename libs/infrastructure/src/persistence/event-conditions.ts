import type { EventFilter, TallerScope } from './events.repository.js';
import { anywhere } from './find-page.js';
import { phoneDigits } from './search-words.js';

/** Adds a value to a statement's parameters; gives back its placeholder. */
type Add = (value: unknown) => string;

/** The WHERE of a list of events, with its parameters. Values never become part of the text. */
export function eventConditions(
  scope: TallerScope,
  filter: EventFilter,
): { where: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add: Add = (value) => `$${parameters.push(value)}`;
  const narrow = (value: unknown, condition: (placeholder: string) => string) => {
    if (value !== undefined) conditions.push(condition(add(value)));
  };

  narrow(scope ?? undefined, (at) => `e.taller_id = ${at}`);
  narrow(filter.eventType, (at) => `e.event_type = ${at}`);
  narrow(filter.customerId, (at) => `e.customer_id = ${at}`);
  narrow(filter.phaseId, (at) => `e.phase_id = ${at}`);
  narrow(filter.serviceTypeId, (at) => `e.service_type_id = ${at}`);
  narrow(filter.target, (at) => `e.target = ${at}`);
  narrow(filter.tallerId, (at) => `e.taller_id IS NOT DISTINCT FROM ${at}::uuid`);
  narrow(filter.createdAfter, (at) => `e.created_at >= ${at}`);
  narrow(filter.createdBefore, (at) => `e.created_at < ${at}`);
  const told = toldConditions(filter, add);
  if (told) conditions.push(`EXISTS (SELECT FROM notification n WHERE n.event_id = e.id${told})`);
  const text = filter.search?.normalize('NFKC').trim() ?? '';
  if (text !== '') conditions.push(`e.id IN (${foundBy(text, add)})`);
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters,
  };
}

function toldConditions({ state, channel }: EventFilter, add: Add): string {
  const ofState = state === undefined ? '' : ` AND n.state = ${add(state)}`;
  const plan = JSON.stringify([{ channel }]);
  const ofChannel = channel === undefined ? '' : ` AND n.ladder @> ${add(plan)}::jsonb`;
  return ofState + ofChannel;
}

/**
 * SQL: the ids of the events that a text finds. Each way has an index of its own, which one
 * condition with OR would keep from being used.
 */
function foundBy(text: string, add: Add): string {
  const id = add(text);
  const people = wordsAreFound(text, add);
  const customers = `SELECT id FROM customer WHERE ${people}`;
  const staff = `SELECT id::text FROM staff_member WHERE ${people}`;
  const ways = [
    `SELECT id FROM event WHERE customer_id = ${id}`,
    `SELECT id FROM event WHERE customer_id IN (${customers})`,
    `SELECT event_id FROM notification WHERE recipient_id = ${id}`,
    `SELECT event_id FROM notification WHERE recipient_id IN (${staff})`,
  ];
  const code = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (code !== '') {
    const beginning = add(`${code}%`);
    const begins = (written: string) =>
      `lower(regexp_replace(${written}, '[^[:alnum:]]', '', 'g')) LIKE ${beginning}`;
    for (const name of ['Placa', 'Orden']) {
      const written = `(variables->>'${name}')`;
      ways.push(
        `SELECT event_id FROM notification WHERE variables ? '${name}' AND ${begins(written)}`,
      );
    }
    ways.push(`SELECT id FROM event WHERE business_key IS NOT NULL AND ${begins('business_key')}`);
  }
  return ways.join(' UNION ALL ');
}

/** As `whereWordsAreFound` finds people, in the words of a statement. */
function wordsAreFound(text: string, add: Add): string {
  const words = text
    .split(/\s+/)
    .map((word) => `search_text LIKE searchable(${add(anywhere(word))})`);
  const digits = phoneDigits(text);
  const number = digits === null ? '' : ` OR search_text LIKE ${add(anywhere(digits))}`;
  return `(${words.join(' AND ')}${number})`;
}
