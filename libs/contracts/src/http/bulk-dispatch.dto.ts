import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { DispatchReceipt, DispatchRequest } from './dispatch.dto.js';
import { ProblemView } from './problem.dto.js';

/** What happened to several vehicles. */
@ApiExtraModels(DispatchRequest)
export class BulkDispatchRequest {
  /** Each is accepted or refused on its own. `dry_run` is not taken here. */
  // Checked one by one, so that one bad event does not refuse the others.
  @ApiProperty({
    type: 'array',
    items: { $ref: getSchemaPath(DispatchRequest) },
    minItems: 1,
    maxItems: 500,
  })
  @ArrayMaxSize(500)
  @ArrayMinSize(1)
  @IsArray()
  events: unknown[];
}

export class BulkDispatchResult {
  /** The event's place in the request, from 0. */
  @ApiProperty({ type: 'integer' })
  index: number;

  /** What a dispatch of this event alone would have answered. */
  @ApiProperty({ type: 'integer', example: 202 })
  status: number;

  /** Whether this is the answer of an earlier request with the same idempotency key. */
  @ApiProperty({ type: Boolean })
  replayed: boolean;

  /** Null when it was refused. */
  @ApiProperty({ type: DispatchReceipt, nullable: true })
  receipt: DispatchReceipt | null;

  /** Null when it was accepted. */
  @ApiProperty({ type: ProblemView, nullable: true })
  problem: ProblemView | null;
}

export class BulkDispatchAnswer {
  @ApiProperty({ type: 'integer' })
  accepted: number;

  @ApiProperty({ type: 'integer' })
  refused: number;

  /** In the order of the request. */
  @ApiProperty({ type: [BulkDispatchResult] })
  results: BulkDispatchResult[];
}
