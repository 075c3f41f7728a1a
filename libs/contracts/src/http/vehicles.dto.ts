import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IntegerField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';
import { TextIdField } from './text-id.js';

const letterOrDigit = { pattern: /[\p{L}\p{N}]/u, must: 'have a letter or a digit' };

class VehicleFields {
  @TextIdField({ description: 'Whose it is.', example: 'customer-001' })
  customer_id: string;

  @TextField({ max: 20, example: 'ABC123' })
  @Matches(letterOrDigit.pattern, { message: `$property must ${letterOrDigit.must}` })
  plate: string;

  @TextField({ max: 100, example: 'Haval' })
  make: string;

  @TextField({ max: 100, example: 'H6' })
  model: string;

  @IntegerField({ required: false, nullable: true, min: 1886, max: 2100, example: 2024 })
  year?: number | null;
}

export class VehicleInput extends VehicleFields {
  @TextIdField({ description: "The core system's own id.", example: 'vehicle-001' })
  vehicle_id: string;
}

/** The id stands in the path; where it is given again, it is the same. */
export class VehicleReplacement extends VehicleFields {
  @TextIdField({ required: false, description: 'As in the path.', example: 'vehicle-001' })
  vehicle_id?: string;
}

export class VehiclePatch extends patchOf(VehicleReplacement) {}

export class VehicleView {
  @ApiProperty({ type: String, example: 'vehicle-001' })
  vehicle_id: string;

  @ApiProperty({ type: String, example: 'customer-001' })
  customer_id: string;

  @ApiProperty({ type: String, example: 'ABC123' })
  plate: string;

  @ApiProperty({ type: String })
  make: string;

  @ApiProperty({ type: String })
  model: string;

  @ApiProperty({ type: 'integer', nullable: true })
  year: number | null;

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class VehiclePage extends PageOf(VehicleView, 'VehiclePage') {}

const orderings = [
  'plate',
  '-plate',
  'vehicle_id',
  '-vehicle_id',
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
] as const;

/** `search` finds those of which each of its words is part of plate, make, model or year. */
export class CustomerVehiclesQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'plate' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;
}

export class VehiclesQuery extends CustomerVehiclesQuery {
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  customer_id?: string;

  /** A part of the plate. Case, spaces and hyphens make no difference. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 20 })
  @Matches(letterOrDigit.pattern, { message: `$property must ${letterOrDigit.must}` })
  @Length(1, 20)
  @IsString()
  @IsOptional()
  plate?: string;
}
