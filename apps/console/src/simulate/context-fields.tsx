import { Stack, Text, TextInput } from '@mantine/core';
import type { VariableView } from '#contracts/client/types.gen.js';
import { useActiveTemplates } from '../service/active-templates.js';
import type { Catalog } from '../service/catalog.js';
import { useLanguage, useTexts } from '../text/language.js';
import { useCustomer } from './customer-field.js';
import { neededVariables } from './needed-variables.js';
import { useVehicles } from './recipient-fields.js';
import { simulateTexts } from './simulate.texts.js';
import type { FieldsProps } from './simulator.js';

interface ContextFieldsProps extends FieldsProps {
  catalog: Catalog;
  variables: VariableView[];
}

/** A field for each variable that the templates name; what we fill ourselves is shown in it. */
export function ContextFields(props: ContextFieldsProps) {
  const { simulation, change, errorOf, variables } = props;
  const words = useTexts(simulateTexts);
  const { language } = useLanguage();
  const templates = useActiveTemplates(simulation.serviceType, simulation.target);
  const names = variables.map(({ name }) => name);
  const needed = neededVariables(templates.data ?? [], simulation, names);
  const ours = useOurs(props);
  if (templates.isSuccess && needed.length === 0) {
    return <Text size="sm">{words.nothingNeeded}</Text>;
  }
  return (
    <Stack gap="sm">
      {variables
        .filter(({ name }) => needed.includes(name))
        .map(({ name, meaning_es, meaning_en, example }) => {
          const filled = ours[name];
          const isMissing = !filled && !simulation.values[name]?.trim();
          return (
            <TextInput
              key={name}
              label={name}
              withAsterisk={isMissing}
              description={describe(
                language === 'es' ? meaning_es : meaning_en,
                isMissing ? words.missing : filled ? words.ours : undefined,
              )}
              placeholder={filled ?? words.forExample(example)}
              value={simulation.values[name] ?? ''}
              error={isMissing ? errorOf(`context.${name}`) : undefined}
              onChange={({ currentTarget }) =>
                change({ values: { ...simulation.values, [name]: currentTarget.value } })
              }
            />
          );
        })}
    </Stack>
  );
}

function describe(meaning: string, note: string | undefined): string {
  return note ? `${meaning} · ${note}` : meaning;
}

/** What the service fills from its own data, where the event leaves it out. */
function useOurs({ simulation, catalog }: ContextFieldsProps): Record<string, string | undefined> {
  const words = useTexts(simulateTexts);
  const customer = useCustomer(simulation.customerId).data;
  const vehicles = useVehicles(simulation.customerId).data ?? [];
  const vehicle = vehicles.find(({ vehicle_id }) => vehicle_id === simulation.vehicleId);
  const tallerId = simulation.taller || customer?.taller_id;
  return {
    Nombre: customer?.name,
    Fase: catalog.phases.find(({ slug }) => slug === simulation.phase)?.name,
    Taller: catalog.talleres.find(({ id }) => id === tallerId)?.name ?? words.usualTaller,
    Placa: vehicle?.plate,
    Vehículo: vehicle && [vehicle.make, vehicle.model, vehicle.year].filter(Boolean).join(' '),
  };
}
