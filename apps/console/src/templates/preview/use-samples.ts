import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listCustomerVehicles, listTemplateVariables } from '#contracts/client/sdk.gen.js';
import type { CustomerView, VariableView } from '#contracts/client/types.gen.js';
import { ask } from '../../service/ask.js';

const none: VariableView[] = [];

/** The variables, and values for them: examples, and what is known of a chosen customer before them. */
export function useSamples() {
  const [customer, choose] = useState<CustomerView | null>(null);
  const variables = useQuery({
    queryKey: ['template-variables'],
    queryFn: ({ signal }) => ask(listTemplateVariables({ signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const vehicles = useQuery({
    queryKey: ['customer-vehicles', customer?.customer_id],
    queryFn: ({ signal }) =>
      ask(
        listCustomerVehicles({
          signal,
          path: { customer_id: customer?.customer_id ?? '' },
          query: { page_size: 1 },
        }),
      ),
    enabled: customer !== null,
  });
  const known = variables.data?.variables ?? none;
  const vehicle = customer ? vehicles.data?.results[0] : undefined;
  const values = useMemo(() => {
    const examples = Object.fromEntries(known.map(({ name, example }) => [name, example]));
    if (!customer) return examples;
    const make = vehicle && [vehicle.make, vehicle.model, vehicle.year].filter(Boolean).join(' ');
    return {
      ...examples,
      Nombre: customer.name,
      ...(vehicle && { Placa: vehicle.plate }),
      ...(make && { Vehículo: make }),
    };
  }, [known, customer, vehicle]);
  return { variables: known, values, customer, choose };
}
