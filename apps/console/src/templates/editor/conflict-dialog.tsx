import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { useTexts } from '../../text/language.js';
import { type Channel, type Draft, draftOf } from '../draft.js';
import { DraftDiff } from '../versions/draft-diff.js';
import { versionsTexts } from '../versions/versions.texts.js';

interface ConflictProps {
  opened: boolean;
  close: () => void;
  channel: Channel;
  mine: Draft;
  theirs: TemplateView;
  takeTheirs: () => void;
  saveMine: () => void;
}

/** Two people's texts beside each other. Nothing is overwritten by closing it. */
export function ConflictDialog(props: ConflictProps) {
  const { opened, close, channel, mine, theirs, takeTheirs, saveMine } = props;
  const words = useTexts(versionsTexts);
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={words.conflict}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        <Text size="sm">{words.conflictLead(theirs.version)}</Text>
        <DraftDiff
          channel={channel}
          before={draftOf(theirs)}
          after={mine}
          beforeMeans={words.theirs}
          afterMeans={words.mine}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={takeTheirs}>
            {words.takeTheirs}
          </Button>
          <Button variant="default" onClick={saveMine}>
            {words.saveMine}
          </Button>
          <Button onClick={close} data-autofocus>
            {words.keepEditing}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
