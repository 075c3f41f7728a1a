import { Queried } from '../parts/states.js';
import type { Catalog } from '../service/catalog.js';
import type { Cells, Place } from './matrix-cells.js';
import { MatrixEditor } from './matrix-editor.js';
import type { Coverage } from './template-coverage.js';
import { type Choice, useTaggedConfiguration } from './use-configuration.js';

export interface EditedProps {
  catalog: Catalog;
  choice: Choice;
  /** The general matrix, where a workshop's own stands before it. */
  general: Cells | null;
  /** Undefined until the templates have come. */
  coverage: ReadonlyMap<Place, Coverage> | undefined;
}

/** A configuration with the tag that a change of it needs. */
export function EditedConfiguration({ id, ...props }: EditedProps & { id: string }) {
  const configuration = useTaggedConfiguration(id);
  return (
    <Queried query={configuration}>
      {(tagged) => <MatrixEditor configuration={tagged} {...props} />}
    </Queried>
  );
}
