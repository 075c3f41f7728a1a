import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { getCatalog, getEvent, listTemplateVariables } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { type Catalog, useCatalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';
import { type Simulation, simulationOf } from './simulation.js';
import { Simulator } from './simulator.js';
import { usualEventType } from './usual-event-type.js';

const route = getRouteApi('/simular');

/** What would be sent to whom, and why not, before anything is; then, if wanted, in earnest. */
export function SimulateScreen() {
  const words = useTexts(simulateTexts);
  const { from, customer } = route.useSearch();
  const catalog = useCatalog();
  const start = useStart(from);
  return (
    <Page title={words.title} lead={words.lead}>
      <Queried query={catalog}>
        {(lists) => (
          <Queried query={start}>
            {({ variables, eventTypes, event }) => {
              const names = variables.map(({ name }) => name);
              const initial = event
                ? simulationOf(event, names)
                : { ...emptySimulation(lists), customerId: customer ?? '' };
              return (
                <Simulator
                  key={`${from} ${customer}`}
                  catalog={lists}
                  {...{ variables, eventTypes, initial }}
                />
              );
            }}
          </Queried>
        )}
      </Queried>
    </Page>
  );
}

/** What a simulation can name, and the event that it begins as. */
function useStart(eventId: string | undefined) {
  return useQuery({
    queryKey: ['simulation', 'start', eventId ?? null],
    // What is typed since would be thrown away with it.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const [{ variables }, { event_types }, event] = await Promise.all([
        ask(listTemplateVariables({ signal })),
        ask(getCatalog({ signal })),
        eventId ? ask(getEvent({ path: { id: eventId }, signal })) : null,
      ]);
      return { variables, eventTypes: event_types, event };
    },
  });
}

function emptySimulation({ serviceTypes, phases }: Catalog): Simulation {
  const phase = phases[0]?.slug ?? '';
  return {
    serviceType: serviceTypes[0]?.slug ?? '',
    subtype: '',
    phase,
    target: 'clients',
    eventType: usualEventType(phase) ?? '',
    customerId: '',
    vehicleId: '',
    taller: '',
    values: {},
    critical: false,
    scheduledFor: '',
    businessKey: '',
  };
}
