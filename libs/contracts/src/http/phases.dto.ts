import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageOf, PageQuery } from './page.dto.js';

/** A step of a vehicle's visit. */
export class PhaseView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, example: 'phase-reception' })
  slug: string;

  @ApiProperty({ type: String, example: 'Recepción' })
  name: string;

  /** Name of an icon; empty where none was chosen. */
  @ApiProperty({ type: String, example: 'ClipboardCheck' })
  icon: string;

  @ApiProperty({ type: 'integer', example: 2 })
  order: number;
}

export class PhasePage extends PageOf(PhaseView, 'PhasePage') {}

export const catalogOrderings = ['order', '-order', 'name', '-name', 'slug', '-slug'] as const;

/** `search` looks into name and slug. */
export class PhasesQuery extends PageQuery {
  @ApiProperty({ enum: catalogOrderings, required: false, default: 'order' })
  @IsIn(catalogOrderings)
  @IsOptional()
  ordering?: string;
}
