import { ApiProperty, type ApiPropertyOptions, PartialType } from '@nestjs/swagger';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { ApiMoment, IsMoment } from './moment.js';

interface FieldOptions {
  /** True by default. */
  required?: boolean;
  /** Whether null may be sent, and what it then means stands in the description. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
  /** What an absent member of a whole object means. */
  default?: unknown;
}

/** A text with at least one character that can be seen, unless `min` is 0. */
export function TextField(
  options: FieldOptions & {
    /** Characters; 1 by default. */
    min?: number;
    max: number;
    /** With the sentence that a refused caller reads, after the field's name. */
    form?: { pattern: RegExp; must: string };
    format?: string;
  },
): PropertyDecorator {
  const { min = 1, max, form, format } = options;
  const seen = min > 0 ? [Matches(/\S/, { message: '$property must not be blank' })] : [];
  return all(
    declare(options, {
      type: String,
      minLength: min,
      maxLength: max,
      ...(format && { format }),
      ...(form && { pattern: form.pattern.source }),
    }),
    ...(form ? [Matches(form.pattern, { message: `$property must ${form.must}` })] : seen),
    Length(min, max),
    IsString(),
  );
}

/** True or false, and no word or number for them. */
export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return all(declare(options, { type: Boolean }), IsBoolean());
}

export function IntegerField(
  options: FieldOptions & { min: number; max: number },
): PropertyDecorator {
  const { min, max } = options;
  return all(
    declare(options, { type: 'integer', minimum: min, maximum: max }),
    Max(max),
    Min(min),
    IsInt(),
  );
}

/** One of a few words. */
export function ChoiceField(
  choices: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator {
  return all(declare(options, { type: String, enum: [...choices] }), IsIn(choices));
}

export function UuidField(options: FieldOptions = {}): PropertyDecorator {
  return all(declare(options, { type: String, format: 'uuid' }), IsUUID());
}

/** A time with its offset. */
export function MomentField(options: FieldOptions = {}): PropertyDecorator {
  const { required = true, nullable = false } = options;
  return all(presence(options), ApiMoment({ required, nullable }), IsMoment());
}

/**
 * The class of a PATCH: every member may be absent, and then stays as it is. Null is taken only
 * where the whole object takes it.
 */
export function patchOf<T>(whole: new () => T): new () => Partial<T> {
  return PartialType(whole, { skipNullProperties: false });
}

function declare(options: FieldOptions, schema: ApiPropertyOptions): PropertyDecorator {
  const { required = true, nullable, description, example, default: fallback } = options;
  return all(
    presence(options),
    ApiProperty({
      ...schema,
      required,
      ...(nullable && { nullable }),
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
      ...(fallback !== undefined && { default: fallback }),
    } as ApiPropertyOptions),
  );
}

// Not IsOptional, which lets null pass wherever a member may be absent.
function presence({ required = true, nullable = false }: FieldOptions): PropertyDecorator {
  return ValidateIf(
    (_, value) => !((value === undefined && !required) || (value === null && nullable)),
  );
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
