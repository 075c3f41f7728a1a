import type { PipeTransform } from '@nestjs/common';
import { isCalendarDate } from '#contracts/http/moment.js';
import { badField } from './problem.js';

/** A day of the calendar in the path. */
export class DayParam implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    if (typeof value === 'string' && isCalendarDate(value)) return value;
    throw badField(this.name, 'must be a day of the calendar, e.g. 2026-03-01');
  }
}
