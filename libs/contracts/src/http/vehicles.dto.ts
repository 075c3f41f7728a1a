import { texts } from './examples.js';
import { IntegerField, patchOf, TextField } from './fields.js';
import { CustomerFilter, OrderingFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { IntegerShown, MomentShown, orNull, TextShown } from './shown.js';
import { TextIdField } from './text-id.js';

/** What a plate has at least. */
export const letterOrDigit = { pattern: /[\p{L}\p{N}]/u, must: 'have a letter or a digit' };

class VehicleFields {
  @TextIdField({ description: 'Whose it is.', example: texts.customerId })
  customer_id: string;

  @TextField({
    max: 20,
    form: letterOrDigit,
    description: 'As it is written on the vehicle.',
    example: 'ABC123',
  })
  plate: string;

  @TextField({ max: 100, description: 'Who made it.', example: 'Haval' })
  make: string;

  @TextField({ max: 100, description: 'What its maker calls it.', example: 'H6' })
  model: string;

  @IntegerField({
    required: false,
    nullable: true,
    min: 1886,
    max: 2100,
    description: 'Year of the model. Null: not known.',
    example: 2024,
  })
  year?: number | null;
}

export class VehicleInput extends VehicleFields {
  @TextIdField({ description: "The core system's own id.", example: texts.vehicleId })
  vehicle_id: string;
}

/** The id stands in the path; where it is given again, it is the same. */
export class VehicleReplacement extends VehicleFields {
  @TextIdField({ required: false, description: 'As in the path.', example: texts.vehicleId })
  vehicle_id?: string;
}

export class VehiclePatch extends patchOf(VehicleReplacement, 'plate') {}

export class VehicleView {
  @TextShown("The core system's own id.", texts.vehicleId)
  vehicle_id: string;

  @TextShown('Whose it is.', texts.customerId)
  customer_id: string;

  @TextShown('As it is written on the vehicle.', 'ABC123')
  plate: string;

  @TextShown('Who made it.', 'Haval')
  make: string;

  @TextShown('What its maker calls it.', 'H6')
  model: string;

  @IntegerShown('Year of the model; null: not known.', 2024, orNull)
  year: number | null;

  @MomentShown('When we were told of it.')
  created_at: string;

  @MomentShown('When it was last changed.')
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
  @OrderingFilter(orderings, 'plate')
  ordering?: string;
}

export class VehiclesQuery extends CustomerVehiclesQuery {
  @CustomerFilter()
  customer_id?: string;

  @TextField({
    required: false,
    max: 20,
    form: letterOrDigit,
    description: 'A part of the plate. Case, spaces and hyphens make no difference.',
    example: 'ABC',
  })
  plate?: string;
}
