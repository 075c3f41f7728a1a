import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateBy, ValidateIf } from 'class-validator';
import { isCalendarDate } from './moment.js';

/** Days of the calendar, `YYYY-MM-DD`, each once; may be left out, and is then empty. */
export function DatesField(options: {
  max: number;
  description: string;
  example: string[];
}): PropertyDecorator {
  const { max, description, example } = options;
  const decorators = [
    ApiProperty({
      type: 'array',
      items: { type: 'string', format: 'date' },
      maxItems: max,
      uniqueItems: true,
      required: false,
      default: [],
      description,
      example,
    }),
    ValidateBy({
      name: 'areCalendarDates',
      validator: {
        validate: (days) =>
          Array.isArray(days) &&
          days.every((day) => typeof day === 'string' && isCalendarDate(day)),
        defaultMessage: () => '$property must be days of the calendar, e.g. 2026-12-24',
      },
    }),
    ArrayUnique(),
    ArrayMaxSize(max),
    IsArray(),
    ValidateIf((_, value) => value !== undefined),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
