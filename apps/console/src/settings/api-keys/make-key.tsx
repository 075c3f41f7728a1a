import { Checkbox, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createApiKey } from '#contracts/client/sdk.gen.js';
import type { ApiKeyInput } from '#contracts/client/types.gen.js';
import { refusalOf, useSave } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { useTalleres } from '../known-talleres.js';
import { settingsTexts } from '../settings.texts.js';
import { apiKeysTexts } from './api-keys.texts.js';
import { endOfDay } from './end-of-day.js';
import { MadeKey } from './made-key.js';

const scopes = ['dispatch', 'read', 'write', 'admin'] as const satisfies ApiKeyInput['scopes'];

/** The form of a new key, and then the key itself. */
export function MakeKey({ close }: { close: () => void }) {
  const all = useTexts(settingsTexts);
  const words = useTexts(apiKeysTexts);
  const { data: talleres = [] } = useTalleres();
  const [draft, setDraft] = useState({ name: '', scopes: ['dispatch'], taller: '', lastDay: '' });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const make = useSave({
    save: () => {
      const body: ApiKeyInput = {
        name: draft.name,
        scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
        ...(draft.taller && { taller_id: draft.taller }),
        ...(draft.lastDay && { expires_at: endOfDay(draft.lastDay) }),
      };
      return ask(createApiKey({ body }));
    },
    refreshes: [['api-keys']],
  });
  const error = (field: string) => refusalOf(make.error, field);
  return (
    <Modal
      opened
      onClose={close}
      title={words.add}
      size="lg"
      // The key is told once: a slip beside the window must not lose it.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': all.close }}
    >
      {make.data?.key ? (
        <MadeKey secret={make.data.key} close={close} />
      ) : (
        <EditForm
          error={make.error}
          isSaving={make.isPending}
          save={() => make.mutate()}
          saveLabel={words.make}
          close={close}
        >
          <TextInput
            label={words.who}
            description={words.whoHint}
            value={draft.name}
            onChange={({ currentTarget: { value } }) => change({ name: value })}
            error={error('name')}
            required
            data-autofocus
          />
          <Checkbox.Group
            label={words.can}
            value={draft.scopes}
            onChange={(chosen) => change({ scopes: chosen })}
            error={error('scopes')}
          >
            <Stack gap="xs" mt="xs">
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={words.scopes[scope]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label={all.taller}
            value={draft.taller}
            data={[
              { value: '', label: words.allTalleres },
              ...talleres.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => change({ taller: value })}
            error={error('taller_id')}
          />
          <TextInput
            type="date"
            label={words.endsOn}
            description={words.endsHint}
            value={draft.lastDay}
            onChange={({ currentTarget: { value } }) => change({ lastDay: value })}
            error={error('expires_at')}
          />
        </EditForm>
      )}
    </Modal>
  );
}
