import { Modal, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { rotateApiKey } from '#contracts/client/sdk.gen.js';
import type { ApiKeyView } from '#contracts/client/types.gen.js';
import { useSave } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { settingsTexts } from '../settings.texts.js';
import { apiKeysTexts } from './api-keys.texts.js';
import { MadeKey } from './made-key.js';

const aDay = '86400';

/** How long the old key goes on, and then the new one itself. */
export function RotateKey({ old, close }: { old: ApiKeyView; close: () => void }) {
  const all = useTexts(settingsTexts);
  const words = useTexts(apiKeysTexts);
  const [grace, setGrace] = useState(aDay);
  const rotate = useSave({
    save: () => ask(rotateApiKey({ path: { id: old.id }, body: { grace_seconds: Number(grace) } })),
    refreshes: [['api-keys']],
  });
  return (
    <Modal
      opened
      onClose={close}
      title={words.rotateOf(old.name)}
      size="lg"
      // The key is told once: a slip beside the window must not lose it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': all.close }}
    >
      {rotate.data?.key ? (
        <MadeKey secret={rotate.data.key} close={close} />
      ) : (
        <EditForm
          error={rotate.error}
          isSaving={rotate.isPending}
          save={() => rotate.mutate()}
          saveLabel={words.make}
          close={close}
        >
          <Text size="sm">{words.rotateLead}</Text>
          <NativeSelect
            label={words.grace}
            value={grace}
            data={Object.entries(words.graces).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget: { value } }) => setGrace(value)}
          />
        </EditForm>
      )}
    </Modal>
  );
}
