import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteVehicle, listCustomerVehicles } from '#contracts/client/sdk.gen.js';
import type { VehicleView } from '#contracts/client/types.gen.js';
import { ConfirmedButton } from '../parts/confirmed-button.js';
import { Queried } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { OdometerDrawer } from './odometer-drawer.js';
import { Section } from './section.js';
import { VehicleDrawer } from './vehicle-drawer.js';
import { vehiclesTexts } from './vehicles.texts.js';

/** What the customer brings: add, edit, remove, and what the odometers showed. */
export function VehiclesSection({ customerId }: { customerId: string }) {
  const words = useTexts(vehiclesTexts);
  const [edited, setEdited] = useState<VehicleView | 'new'>();
  const vehicles = useVehicles(customerId);
  return (
    <Section
      title={words.title}
      actions={
        <Button size="xs" onClick={() => setEdited('new')}>
          {words.add}
        </Button>
      }
    >
      <Queried query={vehicles} isEmpty={({ results }) => results.length === 0} empty={words.none}>
        {({ results }) => (
          <Stack gap="xs" component="ul" m={0} p={0}>
            {results.map((vehicle) => (
              <Vehicle key={vehicle.vehicle_id} vehicle={vehicle} edit={() => setEdited(vehicle)} />
            ))}
          </Stack>
        )}
      </Queried>
      <VehicleDrawer customerId={customerId} edited={edited} close={() => setEdited(undefined)} />
    </Section>
  );
}

/** A customer's vehicles; a hundred are more than anyone has. */
export function useVehicles(customerId: string) {
  return useQuery({
    queryKey: ['customer', customerId, 'vehicles'],
    queryFn: ({ signal }) =>
      ask(
        listCustomerVehicles({
          path: { customer_id: customerId },
          query: { page_size: 100 },
          signal,
        }),
      ),
  });
}

function Vehicle({ vehicle, edit }: { vehicle: VehicleView; edit(): void }) {
  const words = useTexts(vehiclesTexts);
  const told = useTold();
  const queries = useQueryClient();
  const { vehicle_id, customer_id, plate, make, model, year } = vehicle;
  return (
    <Paper component="li" withBorder p="xs" style={{ listStyle: 'none' }}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600}>{plate}</Text>
          <Text size="sm" c="dimmed">
            {make} {model} {year ?? ''}
          </Text>
        </div>
        <Group gap="xs">
          <OdometerDrawer vehicle={vehicle} />
          <Button size="xs" variant="default" aria-label={words.editOf(plate)} onClick={edit}>
            {words.edit}
          </Button>
          <ConfirmedButton
            size="xs"
            aria-label={words.removeOf(plate)}
            question={words.removeQuestion(plate)}
            consequence={words.removeLead}
            verb={words.remove}
            act={async () => {
              await ask(deleteVehicle({ path: { vehicle_id } }));
              told(words.removed(plate));
              await queries.invalidateQueries({ queryKey: ['customer', customer_id] });
            }}
          >
            {words.remove}
          </ConfirmedButton>
        </Group>
      </Group>
    </Paper>
  );
}
