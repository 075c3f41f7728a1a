import { type ErrorCode, errors } from '#domain/errors.js';
import { ids } from './examples.js';
import { ChoiceShown, IntegerShown, MapShown, TextShown } from './shown.js';

/** What every refusal and failure looks like (RFC 9457). */
export class ProblemView {
  @TextShown('The code as a URI.', 'urn:ambacar:problem:validation_failed')
  type: string;

  @TextShown(
    'A sentence about this kind of problem, in English, or in Spanish for `Accept-Language: es`.',
    errors.validation_failed.en,
  )
  title: string;

  @IntegerShown('The status of the answer.', 400, { minimum: 400, maximum: 599 })
  status: number;

  @TextShown('What went wrong this time.', errors.validation_failed.en)
  detail: string;

  @TextShown('The path that was asked for.', '/api/v1/notifications/events/dispatch/')
  instance: string;

  @ChoiceShown(Object.keys(errors), 'Stable: clients branch on it.', 'validation_failed')
  code: ErrorCode;

  @MapShown(
    'Why, by the field that must change; dots lead into nested fields.',
    { phase_id: ['names none of: phase-schedule, phase-reception'] },
    { required: false, of: { type: 'array', items: { type: 'string' } } },
  )
  errors?: Record<string, string[]>;

  @TextShown('Names the request in our logs.', ids.request)
  request_id: string;
}
