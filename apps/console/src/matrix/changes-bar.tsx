import { Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { PhaseView } from '#contracts/client/types.gen.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { useTellChange } from './tell-change.js';
import type { Draft } from './use-draft.js';

interface ChangesBarProps {
  phases: PhaseView[];
  draft: Draft;
  save(): void;
  isSaving: boolean;
}

/** How many cells were altered, which, and the two ways on: save all of it, or take it back. */
export function ChangesBar({ phases, draft, save, isSaving }: ChangesBarProps) {
  const words = useTexts(matrixTexts);
  const tell = useTellChange(phases);
  const { changes } = draft;
  return (
    <Paper withBorder p="sm" role="region" aria-label={words.changes}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600} role="status">
            {words.count(changes.length)}
          </Text>
          <Group gap="xs">
            <Button variant="default" disabled={changes.length === 0} onClick={draft.undoAll}>
              {words.undoAll}
            </Button>
            <Button disabled={changes.length === 0} loading={isSaving} onClick={save}>
              {words.save}
            </Button>
          </Group>
        </Group>
        <List listStyleType="none" spacing={4}>
          {changes.map((change) => (
            <List.Item key={change.place}>
              <Group gap="xs">
                <Text size="sm">{tell(change)}</Text>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={<IconArrowBackUp size={14} aria-hidden />}
                  aria-label={words.undoOne(tell(change))}
                  onClick={() => draft.set(change.place, change.from)}
                >
                  {words.undo}
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  );
}
