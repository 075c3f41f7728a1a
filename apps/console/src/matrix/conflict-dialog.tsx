import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { PhaseView } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import type { CellChange } from './matrix-cells.js';
import { useTellChange } from './tell-change.js';
import type { Draft } from './use-draft.js';

/** Somebody else saved this matrix since the draft was begun: what he did, and what now. */
export function ConflictDialog({ phases, draft }: { phases: PhaseView[]; draft: Draft }) {
  const words = useTexts(matrixTexts);
  const { meanwhile } = draft;
  const isBehind = meanwhile !== null;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(isBehind), [isBehind]);
  if (!meanwhile) return null;
  const clashing = draft.changes.filter(({ place }) => meanwhile.clashes.includes(place));
  return (
    <>
      <Alert color="orange" icon={<IconUsers aria-hidden />} title={words.conflict}>
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {words.seeConflict}
        </Button>
      </Alert>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={words.conflict}
        size="lg"
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack gap="md">
          <Text size="sm">{words.conflictMeaning}</Text>
          <ChangesOf title={words.theirs} changes={meanwhile.changes} phases={phases} />
          <ChangesOf title={words.yours} changes={draft.changes} phases={phases} />
          {clashing.length > 0 ? (
            <Alert color="orange" title={words.clashes(clashing.length)}>
              <ChangesOf changes={clashing} phases={phases} />
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={draft.undoAll}>
              {words.takeTheirs}
            </Button>
            <Button onClick={draft.rebase}>{words.keepMine}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

interface ChangesOfProps {
  title?: string;
  changes: CellChange[];
  phases: PhaseView[];
}

function ChangesOf({ title, changes, phases }: ChangesOfProps) {
  const tell = useTellChange(phases);
  const words = useTexts(matrixTexts);
  return (
    <div>
      {title ? <Text fw={600}>{title}</Text> : null}
      <List size="sm">
        {changes.map((change) => (
          <List.Item key={change.place}>{tell(change)}</List.Item>
        ))}
        {changes.length === 0 ? <List.Item>{words.otherThanCells}</List.Item> : null}
      </List>
    </div>
  );
}
