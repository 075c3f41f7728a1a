import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { type Catalog, useCatalog } from '../service/catalog.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import type { MatrixAddress } from './matrix-address.js';
import { MatrixChoices } from './matrix-choices.js';
import { MatrixOfChoice } from './matrix-of-choice.js';
import type { Choice } from './use-configuration.js';

const route = getRouteApi('/matriz');

/** Which channels tell whom in which phase, for the service, target and workshop of the address. */
export function MatrixScreen() {
  const words = useTexts(matrixTexts);
  const catalog = useCatalog();
  const address = route.useSearch();
  return (
    <Page title={words.title} lead={words.lead}>
      <Queried
        query={catalog}
        isEmpty={({ serviceTypes, phases }) => serviceTypes.length === 0 || phases.length === 0}
        empty={words.noCatalog}
      >
        {(lists) => {
          const choice = choiceOf(lists, address);
          return choice ? (
            <>
              <MatrixChoices catalog={lists} choice={choice} />
              <MatrixOfChoice key={keyOf(choice)} catalog={lists} choice={choice} />
            </>
          ) : null;
        }}
      </Queried>
    </Page>
  );
}

function choiceOf({ serviceTypes, talleres }: Catalog, address: MatrixAddress): Choice | null {
  const named = serviceTypes.find(({ slug }) => slug === address.service_type);
  const serviceType = named ?? serviceTypes[0];
  if (!serviceType) return null;
  const taller = talleres.find(({ slug }) => slug === address.taller) ?? null;
  return { serviceType, target: address.target ?? 'clients', taller };
}

function keyOf({ serviceType, target, taller }: Choice): string {
  return [serviceType.id, target, taller?.id].join(' ');
}
