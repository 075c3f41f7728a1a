import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PipeTransform } from '@nestjs/common';
import type { FieldErrors } from '#domain/errors.js';
import { badField, Problem } from './problem.js';

/** The records of a body: one alone, or a list. */
export interface Records<T> {
  records: T[];
  isList: boolean;
}

/** Takes a body of one record or of a list. {@link readEach} looks into them. */
export class RecordsBody implements PipeTransform<unknown, Records<unknown>> {
  constructor(private readonly most: number) {}

  transform(value: unknown): Records<unknown> {
    const isList = Array.isArray(value);
    const records: unknown[] = isList ? value : [value];
    if (records.length === 0) throw badField('body', 'holds no record');
    if (records.length > this.most) {
      throw badField('body', `holds ${records.length} records, at most ${this.most}`);
    }
    return { records, isList };
  }
}

/**
 * Reads each record; a 400 names all that is wrong, in a list by the record's place: `3.email`.
 * Other requests are served in between: a thousand people with their phones take half a second.
 */
export async function readEach<T, R>(
  { records, isList }: Records<T>,
  read: (record: T) => R,
): Promise<R[]> {
  const faults: FieldErrors = {};
  const results: R[] = [];
  for (const [index, record] of records.entries()) {
    if (index % recordsInOneGo === recordsInOneGo - 1) await nextTurn();
    try {
      results.push(read(record));
    } catch (error) {
      if (!(error instanceof Problem) || !error.errors) throw error;
      Object.assign(faults, isList ? placed(error.errors, index) : error.errors);
    }
  }
  if (Object.keys(faults).length > 0) throw new Problem('validation_failed', { errors: faults });
  return results;
}

const recordsInOneGo = 20;

// What is not even an object has no member to name.
function placed(errors: FieldErrors, index: number): FieldErrors {
  const entries = Object.entries(errors);
  return Object.fromEntries(
    entries.map(([name, whys]) => [name === 'body' ? `${index}` : `${index}.${name}`, whys]),
  );
}
