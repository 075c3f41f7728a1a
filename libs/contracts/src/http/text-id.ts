import { Matches } from 'class-validator';
import { TextField } from './fields.js';

/** The form of an id that the core system gave: see {@link TextIdField}. */
export const textIdSchema = { type: 'string', minLength: 1, maxLength: 100 } as const;

/** `.` and `..` are the two texts that no path can carry: clients resolve them away. */
export const pathSteps = /^\.{1,2}$/;

/**
 * An id that the core system gave: 1 to 100 characters, kept and compared as they are. In a path
 * it stands percent-encoded.
 */
export function TextIdField(
  options: { required?: boolean; description?: string; example?: string } = {},
): PropertyDecorator {
  return (target, property) => {
    Matches(/^(?!\.{1,2}$)/, { message: '$property must not be "." or ".."' })(target, property);
    TextField({ ...options, max: textIdSchema.maxLength })(target, property);
  };
}
