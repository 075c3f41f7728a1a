import { Button, Fieldset, Grid, Stack } from '@mantine/core';
import { useState } from 'react';
import type { VariableView } from '#contracts/client/types.gen.js';
import { Failed } from '../parts/states.js';
import type { Catalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { ContextFields } from './context-fields.js';
import { PlanView } from './plan-view.js';
import { RecipientFields } from './recipient-fields.js';
import { SendPlan } from './send-plan.js';
import { SendingFields } from './sending-fields.js';
import { simulateTexts } from './simulate.texts.js';
import { requestOf, type Simulation } from './simulation.js';
import { SubjectFields } from './subject-fields.js';
import { useFieldErrors } from './use-field-errors.js';
import { usePlan } from './use-plan.js';

interface SimulatorProps {
  catalog: Catalog;
  variables: VariableView[];
  eventTypes: string[];
  initial: Simulation;
}

/** What every group of fields gets: what is asked, how to change it, and what was wrong with it. */
export interface FieldsProps {
  simulation: Simulation;
  change(members: Partial<Simulation>): void;
  /** By the field of the request, such as `scheduled_for` or `context.Hora`. */
  errorOf(field: string): string | undefined;
}

/** The event to be tried, and beside it what would become of it. */
export function Simulator({ catalog, variables, eventTypes, initial }: SimulatorProps) {
  const words = useTexts(simulateTexts);
  const [simulation, setSimulation] = useState(initial);
  const plan = usePlan();
  const change = (members: Partial<Simulation>) => setSimulation((now) => ({ ...now, ...members }));
  const fields = { simulation, change, errorOf: useFieldErrors(plan) };
  const request = requestOf(simulation);
  const isCurrent = JSON.stringify(plan.data?.request) === JSON.stringify(request);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 5 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            plan.mutate(request);
          }}
        >
          <Stack gap="md">
            <Fieldset legend={words.subject}>
              <SubjectFields {...fields} catalog={catalog} eventTypes={eventTypes} />
            </Fieldset>
            <Fieldset legend={words.recipient}>
              <RecipientFields {...fields} talleres={catalog.talleres} />
            </Fieldset>
            <Fieldset legend={words.context}>
              <ContextFields {...fields} catalog={catalog} variables={variables} />
            </Fieldset>
            <Fieldset legend={words.sending}>
              <SendingFields {...fields} />
            </Fieldset>
            <Button type="submit" loading={plan.isPending} disabled={!simulation.customerId}>
              {words.seePlan}
            </Button>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md" aria-live="polite">
          {plan.isError ? <Failed error={plan.error} /> : null}
          {plan.data ? (
            <>
              <SendPlan
                key={plan.data.idempotencyKey}
                plan={plan.data}
                isCurrent={isCurrent && !plan.isPending}
              />
              <PlanView plan={plan.data.view} />
            </>
          ) : null}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
