import type { Field } from './fields.js';
import type { List } from './resources.js';

/** More do not fit a desk's screen; a thing's own page has all of them. */
const most = 7;

const tooLong = ['json', 'long-text', 'secret'];

/**
 * The members that a table shows: what names a thing first, then what it may be told apart by, its
 * last change at the end.
 *
 * @param typed the form's fields, which say what is too long for a table
 */
export function columnsOf(list: List, typed: readonly Field[] = []): Field[] {
  const long = typed.filter(({ kind }) => tooLong.includes(kind)).map(({ name }) => name);
  const hasSlug = (name: string) =>
    list.columns.some((column) => column.name === name.replace(/_id$/, '_slug'));
  const shown = list.columns.filter(
    ({ kind, name }) =>
      name !== 'id' &&
      !tooLong.includes(kind) &&
      !long.includes(name) &&
      !(name.endsWith('_id') && hasSlug(name)),
  );
  const named = shown.filter(({ name }) => isName(name));
  const last = shown.filter(({ name }) => isTime(name)).slice(-1);
  const others = shown
    .filter(({ name }) => !isName(name) && !isTime(name))
    .sort((one, other) => rankOf(one) - rankOf(other));
  return [...named, ...others.slice(0, most - named.length - last.length), ...last];
}

/** What has few values tells things apart at a glance; ids are for machines. */
function rankOf({ kind, name }: Field): number {
  if (kind === 'choice' || kind === 'switch') return 0;
  if (kind === 'tags' || kind === 'choices') return 2;
  return name.endsWith('_id') ? 3 : 1;
}

function isName(name: string): boolean {
  return ['name', 'slug', 'event_type', 'account', 'customer_id', 'vehicle_id'].includes(name);
}

function isTime(name: string): boolean {
  return ['created_at', 'updated_at'].includes(name);
}

/** What people know a thing by. */
export function titleOf(row: Record<string, unknown>, idMember: string): string {
  for (const member of ['name', 'plate', 'event_type', 'description', 'slug', idMember]) {
    const value = row[member];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
