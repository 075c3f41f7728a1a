import { NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listCustomerVehicles } from '#contracts/client/sdk.gen.js';
import type { TallerView } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { CustomerField } from './customer-field.js';
import { simulateTexts } from './simulate.texts.js';
import type { FieldsProps } from './simulator.js';

/** Whose vehicle it is, which one, and at which workshop. */
export function RecipientFields({
  simulation,
  change,
  errorOf,
  talleres,
}: FieldsProps & { talleres: TallerView[] }) {
  const words = useTexts(simulateTexts);
  const vehicles = useVehicles(simulation.customerId);
  return (
    <Stack gap="sm">
      <CustomerField
        customerId={simulation.customerId}
        error={errorOf('customer_id')}
        choose={(customerId) => change({ customerId, vehicleId: '' })}
      />
      <NativeSelect
        label={words.vehicle}
        disabled={!simulation.customerId}
        data={[
          { value: '', label: words.noVehicle },
          ...(vehicles.data ?? []).map(({ vehicle_id, plate, make, model }) => ({
            value: vehicle_id,
            label: `${plate} · ${make} ${model}`,
          })),
        ]}
        value={simulation.vehicleId}
        error={errorOf('vehicle_id')}
        onChange={({ currentTarget }) => change({ vehicleId: currentTarget.value })}
      />
      <NativeSelect
        label={words.taller}
        data={[
          { value: '', label: words.customersTaller },
          ...talleres.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={simulation.taller}
        error={errorOf('taller_id')}
        onChange={({ currentTarget }) => change({ taller: currentTarget.value })}
      />
    </Stack>
  );
}

export function useVehicles(customerId: string) {
  return useQuery({
    queryKey: ['simulation', 'vehicles', customerId],
    enabled: customerId !== '',
    queryFn: async ({ signal }) => {
      const path = { customer_id: customerId };
      const { results } = await ask(
        listCustomerVehicles({ path, query: { page_size: 100 }, signal }),
      );
      return results;
    },
  });
}
