import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createTaller, deleteTaller, patchTaller } from '#contracts/client/sdk.gen.js';
import type { TallerView } from '#contracts/client/types.gen.js';
import { refusalOf, useSave } from '../../parts/use-save.js';
import { ask } from '../../service/ask.js';
import { ifMatch } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { EditForm } from '../edit-drawer.js';
import { type ItemFormProps, RemoveButton } from '../item-drawer.js';
import { settingsTexts } from '../settings.texts.js';
import { Holidays } from './holidays.js';
import { QuietHours } from './quiet-hours.js';
import { readOffsets } from './read-offsets.js';
import { draftOf, knownZones, type TallerDraft, valuesOf } from './taller-draft.js';
import { talleresTexts } from './talleres.texts.js';

export function TallerForm({ known, close, readAgain }: ItemFormProps<TallerView>) {
  const all = useTexts(settingsTexts);
  const words = useTexts(talleresTexts);
  const [draft, setDraft] = useState(() => draftOf(known?.data ?? null));
  const change = (part: Partial<TallerDraft>) => setDraft((before) => ({ ...before, ...part }));
  const refreshes = [['talleres']];
  const save = useSave({
    save: () => {
      const body = valuesOf(draft);
      if (!known) return ask(createTaller({ body }));
      const path = { id: known.data.id };
      return ask(patchTaller({ path, body, headers: ifMatch(known.etag) }));
    },
    said: all.saved,
    refreshes,
    after: close,
  });
  const areOffsetsWrong = readOffsets(draft.offsets) === null;
  const error = (field: string) => refusalOf(save.error, field);
  const countryNames = Object.entries({ [draft.country]: draft.country, ...words.countries });
  return (
    <EditForm
      error={save.error}
      isSaving={save.isPending}
      save={() => !areOffsetsWrong && save.mutate()}
      close={close}
      readAgain={readAgain}
      more={
        known ? (
          <RemoveButton
            question={words.removeQuestion(known.data.name)}
            consequence={words.removeConsequence}
            remove={() =>
              ask(deleteTaller({ path: { id: known.data.id }, headers: ifMatch(known.etag) }))
            }
            list="talleres"
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
        label={words.slug}
        description={words.slugHint}
        value={draft.slug}
        onChange={({ currentTarget: { value } }) => change({ slug: value })}
        error={error('slug')}
        required
      />
      <NativeSelect
        label={words.zone}
        data={knownZones(draft.zone)}
        value={draft.zone}
        onChange={({ currentTarget: { value } }) => change({ zone: value })}
        error={error('time_zone')}
      />
      <NativeSelect
        label={words.country}
        description={words.countryHint}
        data={countryNames.map(([value, label]) => ({ value, label }))}
        value={draft.country}
        onChange={({ currentTarget: { value } }) => change({ country: value })}
        error={error('country')}
      />
      <QuietHours draft={draft} change={change} error={error('quiet_hours_to')} />
      <Holidays
        days={draft.holidays}
        change={(holidays) => change({ holidays })}
        error={error('holidays')}
      />
      <TextInput
        label={words.offsets}
        description={words.offsetsHint}
        value={draft.offsets}
        onChange={({ currentTarget: { value } }) => change({ offsets: value })}
        error={areOffsetsWrong ? words.offsetsWrong : error('reminder_offsets_days')}
      />
      <Switch
        label={words.isActive}
        checked={draft.isActive}
        onChange={({ currentTarget: { checked } }) => change({ isActive: checked })}
      />
    </EditForm>
  );
}
