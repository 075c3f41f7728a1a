import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { restoreTemplateVersion } from '#contracts/client/sdk.gen.js';
import type { TemplateVersionView, TemplateView } from '#contracts/client/types.gen.js';
import { Failed } from '../../parts/states.js';
import { askTagged, type Tagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { type Channel, type Draft, draftOf } from '../draft.js';
import { forgetLists } from '../editor/use-template-save.js';
import { DraftDiff } from './draft-diff.js';
import { versionsTexts } from './versions.texts.js';

interface DialogProps {
  channel: Channel;
  version: TemplateVersionView;
  draft: Draft;
  etag: string;
  close: () => void;
  restored: (state: Tagged<TemplateView>) => void;
}

/** A version beside what is in the editor, and the way back to it. */
export function VersionDialog({ channel, version, draft, etag, close, restored }: DialogProps) {
  const words = useTexts(versionsTexts);
  const [asks, ask] = useState(false);
  const queries = useQueryClient();
  const { template_id: id, version: number } = version;
  const restore = useMutation({
    mutationFn: () =>
      askTagged(
        restoreTemplateVersion({
          path: { id, version: number },
          headers: { 'If-Match': etag },
        }),
      ),
    onSuccess: (state) => {
      queries.setQueryData(['template', id], state);
      forgetLists(queries, id);
      restored(state);
      notifications.show({
        message: words.restored(state.data.version),
        color: 'green',
        withCloseButton: false,
      });
    },
    onError: () => queries.refetchQueries({ queryKey: ['template', id] }),
  });
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={words.titleOf(number)}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        <DraftDiff
          channel={channel}
          before={draftOf(version)}
          after={draft}
          beforeMeans={words.before(number)}
          afterMeans={words.after}
        />
        {restore.error ? <Failed error={restore.error} /> : null}
        {asks ? <Text role="status">{words.restoreAsks}</Text> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {words.cancel}
          </Button>
          {asks ? (
            <Button loading={restore.isPending} onClick={() => restore.mutate()}>
              {words.confirm}
            </Button>
          ) : (
            <Button disabled={version.is_current} onClick={() => ask(true)}>
              {words.restore(number)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
