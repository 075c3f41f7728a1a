import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DateField, IntegerField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

/** What a vehicle's odometer showed. Of one day the latest word counts, so a slip is corrected. */
export class OdometerReadingInput {
  @DateField({ description: 'Not in the future.' })
  read_on: string;

  @IntegerField({ min: 0, max: 2_000_000, example: 9120 })
  km: number;
}

export class OdometerReadingView {
  @ApiProperty({ type: String, example: 'vehicle-001' })
  vehicle_id: string;

  @ApiProperty({ type: String, format: 'date' })
  read_on: string;

  @ApiProperty({ type: 'integer' })
  km: number;

  /** The other readings contradict it: it goes back, or farther than anyone drives. Reminders do
   * not go by it until later readings bear it out. */
  @ApiProperty({ type: Boolean })
  is_doubtful: boolean;

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class OdometerReadingPage extends PageOf(OdometerReadingView, 'OdometerReadingPage') {}

const orderings = ['read_on', '-read_on'] as const;

/** `search` finds part of the day or of the kilometres: `2026-03`. */
export class OdometerQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: '-read_on' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: (typeof orderings)[number];
}
