import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageOf, PageQuery } from './page.dto.js';
import { catalogOrderings } from './phases.dto.js';

/** A finer kind of a service type. Its slug is unique among its siblings only. */
export class SubtypeView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, example: 'averia-frenos' })
  slug: string;

  @ApiProperty({ type: String, example: 'Frenos' })
  name: string;

  /** Name of an icon; empty where none was chosen. */
  @ApiProperty({ type: String, example: 'Circle' })
  icon: string;

  @ApiProperty({ type: 'integer', example: 1 })
  order: number;
}

export class ServiceTypeView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, example: 'averia-revision' })
  slug: string;

  @ApiProperty({ type: String, example: 'Avería/Revisión' })
  name: string;

  /** Name of an icon; empty where none was chosen. */
  @ApiProperty({ type: String, example: 'AlertTriangle' })
  icon: string;

  @ApiProperty({ type: 'integer', example: 2 })
  order: number;

  /** In order. */
  @ApiProperty({ type: [SubtypeView] })
  subtypes: SubtypeView[];
}

export class ServiceTypePage extends PageOf(ServiceTypeView, 'ServiceTypePage') {}

/** `search` looks into name and slug. */
export class ServiceTypesQuery extends PageQuery {
  @ApiProperty({ enum: catalogOrderings, required: false, default: 'order' })
  @IsIn(catalogOrderings)
  @IsOptional()
  ordering?: string;
}
