import { Queried } from '../parts/states.js';
import { useActiveTemplates } from '../service/active-templates.js';
import type { Catalog } from '../service/catalog.js';
import { EditedConfiguration } from './edited-configuration.js';
import { InheritedMatrix } from './inherited-matrix.js';
import { cellsOf } from './matrix-cells.js';
import { MissingConfiguration } from './missing-configuration.js';
import { coverageOf } from './template-coverage.js';
import { type Choice, useConfigurations } from './use-configuration.js';

interface MatrixOfChoiceProps {
  catalog: Catalog;
  choice: Choice;
}

/** The workshop's own matrix to be edited; else the general one, which serves it, to be looked at. */
export function MatrixOfChoice({ catalog, choice }: MatrixOfChoiceProps) {
  const configurations = useConfigurations(choice);
  const templates = useActiveTemplates(choice.serviceType.slug, choice.target);
  // Without templates the matrix is of use, too: it only marks nothing as missing.
  const coverage = templates.data && coverageOf(templates.data, choice.taller?.id ?? null);
  return (
    <Queried query={configurations}>
      {({ own, global }) => {
        const { taller } = choice;
        if (taller && !own) {
          return global ? (
            <InheritedMatrix {...{ catalog, choice, taller, global, coverage }} />
          ) : (
            <MissingConfiguration choice={choice} />
          );
        }
        const shown = own ?? global;
        if (!shown) return <MissingConfiguration choice={choice} />;
        const general = own && global ? cellsOf(global.matrix) : null;
        return (
          <EditedConfiguration
            key={shown.id}
            id={shown.id}
            {...{ catalog, choice, general, coverage }}
          />
        );
      }}
    </Queried>
  );
}
