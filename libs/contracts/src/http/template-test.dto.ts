import { context, texts } from './examples.js';
import { ShownInExample, TextField } from './fields.js';
import { FreeFormField } from './free-form.js';

const oneOf = 'Exactly one of `customer_id`, `email` and `phone` is given.';

/** Whom a test of a template goes to, and what fills it. */
@ShownInExample('email', 'context')
export class TemplateTestRequest {
  @TextField({
    required: false,
    nullable: true,
    max: 255,
    description: `A customer, by the core system's own id. ${oneOf}`,
    example: texts.customerId,
  })
  customer_id?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 254,
    description: `A mailbox, for a template of an e-mail. ${oneOf}`,
    example: texts.email,
  })
  email?: string | null;

  @TextField({
    required: false,
    nullable: true,
    max: 40,
    description: `A number, for a template of WhatsApp. ${oneOf}`,
    example: texts.phone,
  })
  phone?: string | null;

  @FreeFormField({
    description:
      'Values of variables, whatever the case and accents of the keys; what is left out is filled with the example of `GET variables/`. At most 100 keys and 32 KiB.',
    example: context,
  })
  context?: Record<string, unknown> | null;
}
