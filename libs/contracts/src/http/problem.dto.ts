import { ApiProperty } from '@nestjs/swagger';
import { type ErrorCode, errors } from '#domain/errors.js';

/** What every refusal and failure looks like (RFC 9457). */
export class ProblemView {
  @ApiProperty({ type: String, example: 'urn:ambacar:problem:validation_failed' })
  type: string;

  /** A sentence about this kind of problem, in English, or in Spanish for `Accept-Language: es`. */
  @ApiProperty({ type: String, example: 'The request holds data that cannot be used.' })
  title: string;

  @ApiProperty({ type: 'integer', example: 400 })
  status: number;

  /** What went wrong this time. */
  @ApiProperty({ type: String, example: 'The request holds data that cannot be used.' })
  detail: string;

  /** The path that was asked for. */
  @ApiProperty({ type: String, example: '/api/v1/notifications/events/dispatch/' })
  instance: string;

  /** Stable: clients branch on it. */
  @ApiProperty({ enum: Object.keys(errors), example: 'validation_failed' })
  code: ErrorCode;

  /** Why, by the field that must change; dots lead into nested fields. */
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { phase_id: ['names none of: phase-schedule, phase-reception'] },
  })
  errors?: Record<string, string[]>;

  /** Names the request in our logs. */
  @ApiProperty({ type: String, example: '019abf5e-0000-7000-8000-000000000000' })
  request_id: string;
}
