import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { DispatchReceipt, DispatchRequest } from './dispatch.dto.js';
import { ProblemView } from './problem.dto.js';
import { FlagShown, IntegerShown, ListShown, nullInExample, ObjectShown } from './shown.js';

/** What happened to several vehicles. */
@ApiExtraModels(DispatchRequest)
export class BulkDispatchRequest {
  // Checked one by one, so that one bad event does not refuse the others.
  @ApiProperty({
    type: 'array',
    items: { $ref: getSchemaPath(DispatchRequest) },
    minItems: 1,
    maxItems: 500,
    description: 'Each is accepted or refused on its own. `dry_run` is not taken here.',
  })
  @ArrayMaxSize(500)
  @ArrayMinSize(1)
  @IsArray()
  events: unknown[];
}

export class BulkDispatchResult {
  @IntegerShown("The event's place in the request, from 0.", 0)
  index: number;

  @IntegerShown('The status that a dispatch of this event alone would have answered.', 202)
  status: number;

  @FlagShown(
    'Whether this is the answer of an earlier request with the same idempotency key.',
    false,
  )
  replayed: boolean;

  @ObjectShown(DispatchReceipt, 'Null when it was refused.', { nullable: true })
  receipt: DispatchReceipt | null;

  @ObjectShown(ProblemView, 'Null when it was accepted.', nullInExample)
  problem: ProblemView | null;
}

export class BulkDispatchAnswer {
  @IntegerShown('How many events were accepted.', 1)
  accepted: number;

  @IntegerShown('How many were refused.', 0)
  refused: number;

  @ListShown(BulkDispatchResult, 'In the order of the request.')
  results: BulkDispatchResult[];
}
