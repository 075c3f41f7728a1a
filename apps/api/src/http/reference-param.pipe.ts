import type { PipeTransform } from '@nestjs/common';
import { badField } from './problem.js';

/** The OpenAPI form of {@link ReferenceParam}. */
export const referenceSchema = {
  type: 'string',
  maxLength: 100,
  pattern: '^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$',
} as const;

const form = new RegExp(referenceSchema.pattern);

/** A slug or a UUID in the path. */
export class ReferenceParam implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && value.length <= referenceSchema.maxLength && form.test(value))
      return value;
    throw badField('id', 'must be a UUID or a slug');
  }
}
