import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { times } from './examples.js';

interface ShownOptions {
  /** True by default. */
  required?: boolean;
  nullable?: boolean;
}

/** For an object that may be null, and is in the example. */
export const nullInExample = { nullable: true, example: null } as const;

/** For a member that may be null. */
export const orNull = { nullable: true } as const;

/** A UUID in an answer. */
export function IdShown(description: string, example: string | null, options: ShownOptions = {}) {
  return shown({ type: String, format: 'uuid', description, example }, options);
}

export function TextShown(
  description: string,
  example: string | null,
  options: ShownOptions & {
    format?: string;
    pattern?: string;
    minLength?: number;
    maxLength?: number;
  } = {},
) {
  return shown({ type: String, description, example }, options);
}

/** A whole number, from 0 unless said otherwise. */
export function IntegerShown(
  description: string,
  example: number | null,
  options: ShownOptions & { minimum?: number; maximum?: number } = {},
) {
  return shown({ type: 'integer', minimum: 0, description, example }, options);
}

export function DecimalShown(
  description: string,
  example: number | null,
  options: ShownOptions & { minimum?: number; maximum?: number } = {},
) {
  return shown({ type: Number, description, example }, options);
}

export function FlagShown(description: string, example: boolean, options: ShownOptions = {}) {
  return shown({ type: Boolean, description, example }, options);
}

/** One of a few words. */
export function ChoiceShown(
  choices: readonly string[],
  description: string,
  example: string | null,
  options: ShownOptions = {},
) {
  const values = options.nullable ? [...choices, null] : [...choices];
  return shown({ enum: values, type: String, description, example }, options);
}

/** Some of a few words. */
export function ChoicesShown(
  choices: readonly string[],
  description: string,
  example: readonly string[],
) {
  return shown({ enum: [...choices], isArray: true, description, example: [...example] }, {});
}

export function TextsShown(
  description: string,
  example: readonly string[] | null,
  options: ShownOptions & { format?: string } = {},
) {
  const { format, ...rest } = options;
  const items = { type: 'string', ...(format && { format }) };
  return shown({ type: 'array', items, description, example }, rest);
}

export function IntegersShown(description: string, example: readonly number[]) {
  return shown({ type: 'array', items: { type: 'integer' }, description, example }, {});
}

/** A moment, which answers tell in UTC. */
export function MomentShown(
  description: string,
  example: string | null = times.created,
  options: ShownOptions = {},
) {
  return shown({ type: String, format: 'date-time', description, example }, options);
}

/** A day of the calendar. */
export function DayShown(description: string, example: string | null, options: ShownOptions = {}) {
  return shown({ type: String, format: 'date', description, example }, options);
}

/** An object of a class of its own, whose members have the examples. */
export function ObjectShown(
  type: new () => object,
  description: string,
  options: ShownOptions & { example?: null } = {},
) {
  return shown({ type, description }, options);
}

export function ListShown(type: new () => object, description: string) {
  return shown({ type: [type], description }, {});
}

/** An object whose members are not known beforehand. */
export function MapShown(
  description: string,
  example: object | null,
  options: ShownOptions & { of?: object } = {},
) {
  const { of = true, ...rest } = options;
  return shown({ type: 'object', additionalProperties: of, description, example }, rest);
}

function shown(schema: object, options: ShownOptions): PropertyDecorator {
  return ApiProperty({ ...schema, ...options } as ApiPropertyOptions);
}
