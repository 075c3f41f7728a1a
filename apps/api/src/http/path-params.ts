import { ApiParam } from '@nestjs/swagger';
import { ids, texts } from '#contracts/http/examples.js';
import { textIdSchema } from '#contracts/http/text-id.js';

/** A UUID in the path, as the document tells it; {@link IdParam} reads it. */
export function UuidInPath(description: string, example: string, name = 'id') {
  const schema = { type: 'string', format: 'uuid', example } as const;
  return ApiParam({ name, description, schema });
}

/** A customer in the path, by the core system's own id. */
export function CustomerInPath() {
  return ApiParam({ name: 'customer_id', ...customerInPath });
}

/** A vehicle in the path, by the core system's own id. */
export function VehicleInPath() {
  return ApiParam({ name: 'vehicle_id', ...vehicleInPath });
}

export const customerInPath = {
  description: "The core system's own id of the customer, percent-encoded.",
  schema: { ...textIdSchema, example: texts.customerId },
};
export const vehicleInPath = {
  description: "The core system's own id of the vehicle, percent-encoded.",
  schema: { ...textIdSchema, example: texts.vehicleId },
};

/** The event of a path. */
export function EventInPath() {
  return UuidInPath('The event.', ids.event);
}
