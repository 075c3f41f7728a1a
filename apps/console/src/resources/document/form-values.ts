import type { Field } from './fields.js';

/** What an input holds: text, a switch, tags; JSON and moments as text. */
export type FormValue = string | boolean | string[];
export type FormValues = Record<string, FormValue>;

/** What a form starts from: what the API has, or its defaults, as inputs hold it. */
export function toForm(fields: readonly Field[], data: Record<string, unknown>): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = field.name in data ? data[field.name] : field.defaultValue;
      return [field.name, formValueOf(field, value)];
    }),
  );
}

function formValueOf(field: Field, value: unknown): FormValue {
  switch (field.kind) {
    case 'switch':
      return value === true;
    case 'tags':
    case 'choices':
      return Array.isArray(value) ? value.map(String) : [];
    case 'json':
      return value === undefined || value === null
        ? ''
        : JSON.stringify(known(field, value), null, 2);
    case 'moment':
      return typeof value === 'string' ? localMoment(value) : '';
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** Without the members that the API tells but does not take. */
function known(field: Field, value: unknown): unknown {
  const { members, memberFields } = field;
  if (!members || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => members.includes(name))
      .map(([name, member]) => {
        const own = memberFields.find((one) => one.name === name);
        return [name, own ? known(own, member) : member];
      }),
  );
}

/** A moment as `<input type="datetime-local">` holds it, in the browser's zone. */
function localMoment(iso: string): string {
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return Number.isNaN(at.getTime()) ? '' : shifted.toISOString().slice(0, 19);
}

/** A body, and why a value cannot stand in one, by the field's name. */
export interface Body {
  body: Record<string, unknown>;
  unreadable: string[];
}

/**
 * What the inputs hold, as the API takes it. What is empty becomes null where the member may be
 * null; else it is left out, unless a change empties it, which the API is to judge.
 */
export function toBody(
  fields: readonly Field[],
  values: Partial<FormValues>,
  isNew: boolean,
): Body {
  const body: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const field of fields) {
    const value = values[field.name];
    if (value === undefined) continue;
    const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty && isNew && field.defaultValue === undefined) continue;
    try {
      body[field.name] = value === '' ? emptyOf(field) : apiValueOf(field, value);
    } catch {
      unreadable.push(field.name);
    }
  }
  return { body, unreadable };
}

function emptyOf({ isNullable }: Field): null | '' {
  return isNullable ? null : '';
}

/** @throws SyntaxError where text should be JSON */
function apiValueOf(field: Field, value: FormValue): unknown {
  if (Array.isArray(value)) return field.isOfNumbers ? value.map(numberOr) : value;
  if (typeof value === 'boolean') return value;
  switch (field.kind) {
    case 'number':
      return numberOr(value);
    case 'json':
      return JSON.parse(value);
    case 'moment':
      return new Date(value).toISOString();
    case 'choice':
      return field.options.length > 0 ? value : value === 'true';
    default:
      return value;
  }
}

/** The number that a text writes; a text that writes none is the API's to refuse. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return Number.isNaN(number) || text.trim() === '' ? text : number;
}
