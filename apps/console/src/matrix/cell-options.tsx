import { Anchor, Drawer, NativeSelect, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { PhaseView } from '#contracts/client/types.gen.js';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import type { Cell, Place } from './matrix-cells.js';
import { newTemplatePlace } from './new-template-place.js';
import type { Coverage } from './template-coverage.js';
import type { Choice } from './use-configuration.js';
import type { Draft } from './use-draft.js';

interface CellOptionsProps {
  phases: PhaseView[];
  choice: Choice;
  coverage: ReadonlyMap<Place, Coverage> | undefined;
  draft: Draft;
  /** Null: closed. */
  place: Place | null;
  close(): void;
}

/** Everything that one cell says. What is set here stands in the draft at once. */
export function CellOptions({ phases, choice, coverage, draft, place, close }: CellOptionsProps) {
  const words = useTexts(matrixTexts);
  const names = useTexts(workshopTexts).channels;
  const cell = place === null ? undefined : draft.cells.get(place);
  const phase = phases.find(({ id }) => id === cell?.phase_id);
  return (
    <Drawer
      opened={cell !== undefined}
      onClose={close}
      position="right"
      title={cell && phase ? `${names[cell.channel]}, ${phase.name}` : ''}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {cell && phase && place ? (
        <Stack gap="md">
          <OptionFields cell={cell} set={(change) => draft.set(place, { ...cell, ...change })} />
          <TemplateNote
            found={coverage?.get(place)}
            isKnown={coverage !== undefined}
            newPlace={newTemplatePlace(choice, phase, cell.channel)}
          />
        </Stack>
      ) : null}
    </Drawer>
  );
}

function OptionFields({ cell, set }: { cell: Cell; set(change: Partial<Cell>): void }) {
  const words = useTexts(matrixTexts);
  const waits = cell.advance_after_minutes !== null;
  return (
    <>
      <Switch
        label={words.enabled}
        checked={cell.enabled}
        onChange={({ currentTarget }) => set({ enabled: currentTarget.checked })}
      />
      <NumberInput
        label={words.priority}
        description={words.priorityMeaning}
        min={1}
        max={100}
        allowDecimal={false}
        clampBehavior="strict"
        value={cell.priority}
        onChange={(value) => typeof value === 'number' && set({ priority: value })}
      />
      <NumberInput
        label={words.advanceAfter}
        description={words.advanceMeaning}
        placeholder={words.advanceNever}
        min={1}
        max={10_080}
        allowDecimal={false}
        clampBehavior="strict"
        value={cell.advance_after_minutes ?? ''}
        onChange={(value) =>
          set({ advance_after_minutes: typeof value === 'number' ? value : null })
        }
      />
      <NativeSelect
        label={words.advanceUntil}
        disabled={!waits}
        data={choicesOf(words.goals)}
        value={cell.advance_until}
        onChange={({ currentTarget }) =>
          set({ advance_until: oneOf(words.goals, currentTarget.value) })
        }
      />
      {cell.channel === 'email' ? null : (
        <>
          <NativeSelect
            label={words.quietHours}
            description={words.quietMeaning}
            data={choicesOf(words.quiet)}
            value={cell.quiet_hours}
            onChange={({ currentTarget }) =>
              set({ quiet_hours: oneOf(words.quiet, currentTarget.value) })
            }
          />
          <NativeSelect
            label={words.heldTooLong}
            data={choicesOf(words.held)}
            value={cell.when_held_too_long}
            onChange={({ currentTarget }) =>
              set({ when_held_too_long: oneOf(words.held, currentTarget.value) })
            }
          />
        </>
      )}
    </>
  );
}

interface TemplateNoteProps {
  found: Coverage | undefined;
  isKnown: boolean;
  newPlace: ReturnType<typeof newTemplatePlace>;
}

function TemplateNote({ found, isKnown, newPlace }: TemplateNoteProps) {
  const words = useTexts(matrixTexts);
  if (!isKnown) return null;
  return (
    <Text size="sm">
      {found ? words.coverage[found.kind] : words.noTemplate}{' '}
      {found ? (
        <Anchor underline="always" component={Link} to={`/plantillas/${found.templateId}`}>
          {words.seeTemplate}
        </Anchor>
      ) : (
        <Anchor
          underline="always"
          renderRoot={(props) => <Link {...props} to="/plantillas/nueva" search={newPlace} />}
        >
          {words.addTemplate}
        </Anchor>
      )}
    </Text>
  );
}

function choicesOf(named: Record<string, string>) {
  return Object.entries(named).map(([value, label]) => ({ value, label }));
}

/** What a field of these choices holds, which is always one of them. */
function oneOf<Key extends string>(named: Record<Key, string>, value: string): Key | undefined {
  for (const key in named) if (key === value) return key;
  return undefined;
}
