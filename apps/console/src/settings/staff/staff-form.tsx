import { Checkbox, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  createStaffMember,
  deleteStaffMember,
  patchStaffMember,
} from '#contracts/client/sdk.gen.js';
import type { StaffMemberView } from '#contracts/client/types.gen.js';
import { refusalOf, useSave } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { ifMatch } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { type ItemFormProps, RemoveButton } from '../item-drawer.js';
import { useTalleres } from '../known-talleres.js';
import { settingsTexts } from '../settings.texts.js';
import { usePhases } from './known-phases.js';
import { staffTexts } from './staff.texts.js';

export function StaffForm({ known, close, readAgain }: ItemFormProps<StaffMemberView>) {
  const all = useTexts(settingsTexts);
  const words = useTexts(staffTexts);
  const { data: talleres = [] } = useTalleres();
  const person = known?.data;
  const [draft, setDraft] = useState({
    name: person?.name ?? '',
    email: person?.email ?? '',
    phone: person?.phone ?? '',
    taller_id: person?.taller_id ?? '',
    is_active: person?.is_active ?? true,
    phase_ids: person?.phase_ids ?? [],
  });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const taller = draft.taller_id || talleres[0]?.id;
  const save = useSave({
    save: () => {
      const { email, phone, taller_id: _chosen, ...rest } = draft;
      const body = {
        ...rest,
        email: email || null,
        phone: phone || null,
        ...(taller && { taller_id: taller }),
      };
      if (!known) return ask(createStaffMember({ body }));
      const path = { id: known.data.id };
      return ask(patchStaffMember({ path, body, headers: ifMatch(known.etag) }));
    },
    said: all.saved,
    refreshes: [['staff']],
    after: close,
  });
  const error = (field: string) => refusalOf(save.error, field);
  return (
    <EditForm
      error={save.error}
      isSaving={save.isPending}
      save={() => save.mutate()}
      close={close}
      readAgain={readAgain}
      more={
        known ? (
          <RemoveButton
            question={words.removeQuestion(known.data.name)}
            consequence={words.removeConsequence}
            remove={() =>
              ask(deleteStaffMember({ path: { id: known.data.id }, headers: ifMatch(known.etag) }))
            }
            list="staff"
            close={close}
          />
        ) : null
      }
    >
      <TextInput
        label={all.name}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
        error={error('name')}
        required
        data-autofocus
      />
      <TextInput
        label={words.email}
        type="email"
        value={draft.email}
        onChange={({ currentTarget: { value } }) => change({ email: value })}
        error={error('email')}
      />
      <TextInput
        label={words.phone}
        type="tel"
        value={draft.phone}
        onChange={({ currentTarget: { value } }) => change({ phone: value })}
        error={error('phone')}
      />
      <NativeSelect
        label={all.taller}
        data={talleres.map(({ id, name }) => ({ value: id, label: name }))}
        value={taller ?? ''}
        onChange={({ currentTarget: { value } }) => change({ taller_id: value })}
        error={error('taller_id')}
      />
      <Phases ids={draft.phase_ids} change={(ids) => change({ phase_ids: ids })} />
      <Switch
        label={words.gets}
        checked={draft.is_active}
        onChange={({ currentTarget: { checked } }) => change({ is_active: checked })}
      />
    </EditForm>
  );
}

function Phases({ ids, change }: { ids: string[]; change: (ids: string[]) => void }) {
  const words = useTexts(staffTexts);
  const { data: phases = [] } = usePhases();
  return (
    <Checkbox.Group
      label={words.follows}
      description={words.followsHint}
      value={ids}
      onChange={change}
    >
      <Stack gap="xs" mt="xs">
        {phases.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
