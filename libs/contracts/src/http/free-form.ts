import { ValidateBy } from 'class-validator';

/** What api.md allows of `context`. */
const freeFormLimits = { keys: 100, bytes: 32 * 1024 } as const;

/** A JSON object of any members, within {@link freeFormLimits}. Its members are not looked into. */
export function IsFreeForm(): PropertyDecorator {
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
