import type { CustomerView } from '#contracts/http/customers.dto.js';
import type { PreferencesView } from '#contracts/http/preferences.dto.js';
import type { VehicleView } from '#contracts/http/vehicles.dto.js';
import type { Preferences } from '#infrastructure/persistence/preferences.js';
import type { CustomerRow } from '#infrastructure/persistence/schema/customer.schema.js';
import type { VehicleRow } from '#infrastructure/persistence/schema/vehicle.schema.js';

export function customerView({ id, ...row }: CustomerRow): CustomerView {
  return { customer_id: id, ...row, ...timesOf(row) };
}

export function vehicleView({ id, ...row }: VehicleRow): VehicleView {
  return { vehicle_id: id, ...row, ...timesOf(row) };
}

export function preferencesView(customer_id: string, preferences: Preferences): PreferencesView {
  const viewOf = ({ enabled, priority, consentWithdrawnAt }: Preferences['email']) => ({
    enabled,
    priority,
    consent: consentWithdrawnAt === null,
    consent_withdrawn_at: consentWithdrawnAt?.toISOString() ?? null,
  });
  return {
    customer_id,
    email: viewOf(preferences.email),
    whatsapp: viewOf(preferences.whatsapp),
    push: viewOf(preferences.push),
  };
}

function timesOf(row: { created_at: Date; updated_at: Date }) {
  return {
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
