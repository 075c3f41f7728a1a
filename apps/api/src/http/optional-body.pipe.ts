import type { PipeTransform } from '@nestjs/common';
import { CheckedBody } from './checked-input.pipe.js';

/** As {@link CheckedBody}, for a body whose members may all be absent: so may the body itself. */
export class OptionalBody<T extends object> implements PipeTransform<unknown, T> {
  private readonly checked: CheckedBody<T>;

  constructor(type: new () => T) {
    this.checked = new CheckedBody(type);
  }

  transform(value: unknown): T {
    return this.checked.transform(value === undefined ? {} : value);
  }
}
