import { ApiProperty, type ApiPropertyOptions, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsCalendarDate, IsMoment } from './moment.js';

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

/** Whole numbers, each once. */
export function IntegersField(
  options: FieldOptions & { min: number; max: number; minItems: number; maxItems: number },
): PropertyDecorator {
  const { min, max, minItems, maxItems } = options;
  return all(
    declare(options, {
      type: 'array',
      items: { type: 'integer', minimum: min, maximum: max },
      minItems,
      maxItems,
      uniqueItems: true,
    }),
    Max(max, { each: true }),
    Min(min, { each: true }),
    IsInt({ each: true }),
    ArrayUnique(),
    ArrayMaxSize(maxItems),
    ArrayMinSize(minItems),
    IsArray(),
  );
}

/** One of a few words. */
export function ChoiceField(
  choices: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator {
  return all(declare(options, { type: String, enum: [...choices] }), IsIn(choices));
}

/** Some of a few words, each once and at least one. */
export function ChoicesField(
  choices: readonly string[],
  options: FieldOptions = {},
): PropertyDecorator {
  return all(
    declare(options, {
      type: 'array',
      items: { type: 'string', enum: [...choices] },
      minItems: 1,
      maxItems: choices.length,
      uniqueItems: true,
    }),
    IsIn(choices, { each: true }),
    ArrayUnique(),
    ArrayMaxSize(choices.length),
    ArrayMinSize(1),
    IsArray(),
  );
}

export function UuidField(options: FieldOptions = {}): PropertyDecorator {
  return all(declare(options, { type: String, format: 'uuid' }), IsUUID());
}

/** A day of the calendar, `YYYY-MM-DD`, in this century: another year is a mistake. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return all(
    declare({ example: '2026-03-01', ...options }, { type: String, format: 'date' }),
    IsCalendarDate(),
  );
}

/** A time with its offset. */
export function MomentField(options: FieldOptions = {}): PropertyDecorator {
  const example = '2026-01-20T14:30:00-05:00';
  return all(declare({ example, ...options }, { type: String, format: 'date-time' }), IsMoment());
}

/** A list of texts. */
export function TextListField(
  options: FieldOptions & {
    /** Texts in the list. */
    max: number;
    /** Characters of each. */
    maxLength: number;
  },
): PropertyDecorator {
  const { max, maxLength } = options;
  const items = { type: 'string', minLength: 1, maxLength };
  return all(
    declare(options, { type: 'array', items, maxItems: max }),
    Length(1, maxLength, { each: true }),
    IsString({ each: true }),
    ArrayMaxSize(max),
    IsArray(),
  );
}

/** An object of a class of its own. A fault inside is named by its path: `preferences.email`. */
export function ObjectField(type: Class, options: FieldOptions = {}): PropertyDecorator {
  return all(declare(options, { type }), nests(type), IsObject());
}

/** A list of objects of one class. A fault inside is named by its path: `matrix.3.channel`. */
export function ObjectListField(
  type: Class,
  options: FieldOptions & { max: number },
): PropertyDecorator {
  const { max } = options;
  return all(
    declare(options, { type: [type], maxItems: max }),
    nests(type),
    ArrayMaxSize(max),
    IsArray(),
  );
}

/**
 * The class of a PATCH: every member may be absent, and then stays as it is. Null is taken only
 * where the whole object takes it.
 *
 * @param example the members that the document's example changes; all of them without any
 */
export function patchOf<T>(
  whole: new () => T,
  ...example: (keyof T & string)[]
): new () => Partial<T> {
  const patch = PartialType(whole, { skipNullProperties: false });
  Reflect.defineMetadata(nestedMetadata, nestedIn(whole), patch.prototype);
  ShownInExample(...example)(patch);
  return patch;
}

/** Names the members of which the document composes the example of a whole body. */
export function ShownInExample(...members: string[]): ClassDecorator {
  const shown = ApiProperty({ [shownInExample]: true } as ApiPropertyOptions);
  return ({ prototype }) => {
    for (const member of members) shown(prototype, member);
  };
}

/** Marks those members until the document is done; no client is told of it. */
export const shownInExample = 'x-shown-in-example';

type Class = new () => object;
const nestedMetadata = 'ambacar:nested';

/** The members of a class that hold objects of another, or lists of them. */
export function nestedIn(type: new () => unknown): Readonly<Record<string, Class>> {
  return Reflect.getMetadata(nestedMetadata, type.prototype) ?? {};
}

function nests(type: Class): PropertyDecorator {
  return (target, property) => {
    const others: unknown = Reflect.getMetadata(nestedMetadata, target);
    const nested = { ...(others ?? {}), [property]: type };
    Reflect.defineMetadata(nestedMetadata, nested, target);
  };
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
