import type { PipeTransform } from '@nestjs/common';
import { pathSteps, textIdSchema } from '#contracts/http/text-id.js';
import { badField } from './problem.js';

/** An id of the core system's in the path. */
export class TextIdParam implements PipeTransform<unknown, string> {
  constructor(private readonly name: string) {}

  transform(value: unknown): string {
    const text = typeof value === 'string' ? value : '';
    const length = [...text].length;
    if (length > textIdSchema.maxLength || !/\S/.test(text) || pathSteps.test(text)) {
      throw badField(this.name, `must be 1 to ${textIdSchema.maxLength} characters, not blank`);
    }
    if (text.includes('\0')) throw badField(this.name, 'holds a NUL character');
    return text;
  }
}
