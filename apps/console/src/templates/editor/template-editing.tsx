import { Alert, Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { Page } from '../../parts/page.js';
import { Failed } from '../../parts/states.js';
import type { Tagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { draftOf } from '../draft.js';
import { useSamples } from '../preview/use-samples.js';
import { Versions } from '../versions/versions.js';
import { ConflictDialog } from './conflict-dialog.js';
import { EditingActions } from './editing-actions.js';
import { editorTexts } from './editor.texts.js';
import { PlaceLine } from './place-line.js';
import { useDraft } from './use-draft.js';
import { useTemplateSave } from './use-template-save.js';
import { Workbench } from './workbench.js';

/** One template being edited. @param latest as the service last told it, perhaps another's save */
export function TemplateEditing({ latest }: { latest: Tagged<TemplateView> }) {
  const words = useTexts(editorTexts);
  const [base, setBase] = useState(latest);
  const { id, channel } = base.data;
  const kept = useDraft(id, draftOf(base.data), base.etag);
  const { draft, isChanged } = kept;
  const [etag, setEtag] = useState(kept.recoveredEtag ?? base.etag);
  const [isComparing, compare] = useState(false);
  const samples = useSamples();

  /** Goes on from a state that is known to both sides: after a save, or with the other's text. */
  const begin = (state: Tagged<TemplateView>) => {
    setBase(state);
    setEtag(state.etag);
    kept.reset(draftOf(state.data));
    compare(false);
  };
  const save = useTemplateSave(id, begin, () => compare(true));
  const write: typeof kept.write = (change) => {
    save.reset();
    kept.write(change, etag);
  };
  const saveNow = () => {
    if (isChanged && !save.isPending) save.mutate({ channel, draft, etag });
  };
  useHotkeys([['mod+S', saveNow]], [], true);
  const isStale = latest.etag !== etag && !save.isPending;
  const refusal = save.refusal;
  return (
    <Page
      title={base.data.name}
      actions={
        <EditingActions
          template={base.data}
          isChanged={isChanged}
          isSaving={save.isPending}
          save={saveNow}
          discard={() => begin(latest)}
          samples={samples}
        />
      }
    >
      <PlaceLine template={base.data} />
      {kept.wasRecovered ? (
        <Alert color="blue" role="status">
          {words.recovered}
        </Alert>
      ) : null}
      {isStale ? (
        <Alert color="orange" role="alert">
          <Group justify="space-between">
            {words.stale(latest.data.version)}
            <Button size="xs" variant="default" onClick={() => compare(true)}>
              {words.compare}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {refusal ? <Failed error={refusal} again={saveNow} /> : null}
      <Workbench {...{ channel, draft, write, refusal, samples }}>
        <Stack gap="sm">
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={draft.name}
            onChange={({ currentTarget }) => write({ name: currentTarget.value })}
            error={refusal?.errors.name?.join('; ')}
          />
          <Switch
            label={words.active}
            description={words.activeHint}
            checked={draft.is_active}
            onChange={({ currentTarget }) => write({ is_active: currentTarget.checked })}
          />
        </Stack>
      </Workbench>
      <Versions template={base.data} draft={draft} etag={etag} restored={begin} />
      <ConflictDialog
        opened={isComparing}
        close={() => compare(false)}
        channel={channel}
        mine={draft}
        theirs={latest.data}
        takeTheirs={() => begin(latest)}
        saveMine={() => {
          setEtag(latest.etag);
          save.mutate({ channel, draft, etag: latest.etag });
        }}
      />
    </Page>
  );
}
