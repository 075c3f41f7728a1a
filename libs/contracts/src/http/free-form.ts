import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';

/** What api.md allows of `context`. */
const freeFormLimits = { keys: 100, bytes: 32 * 1024 } as const;

/** An object whose members are the caller's, within {@link freeFormLimits}; it may be absent or null. */
export function FreeFormField(options: {
  description: string;
  example: object;
}): PropertyDecorator {
  const declared = ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    selfRequired: false,
    maxProperties: freeFormLimits.keys,
    ...options,
  });
  return (target, property) => {
    for (const decorate of [declared, IsOptional(), IsFreeForm()]) decorate(target, property);
  };
}

/** A JSON object of any members, within {@link freeFormLimits}. Its members are not looked into. */
function IsFreeForm(): PropertyDecorator {
  return ValidateBy({
    name: 'isFreeForm',
    validator: {
      validate: (value) => faultOf(value) === undefined,
      defaultMessage: (args) => `$property ${faultOf(args?.value) ?? ''}`,
    },
  });
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be a JSON object';
  }
  const keys = Object.keys(value).length;
  if (keys > freeFormLimits.keys) return `has ${keys} keys, at most ${freeFormLimits.keys}`;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > freeFormLimits.bytes) return `has ${bytes} bytes, at most ${freeFormLimits.bytes}`;
  return undefined;
}
