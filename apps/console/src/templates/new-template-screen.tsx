import { Button, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { createTemplate } from '#contracts/client/sdk.gen.js';
import { Page } from '../parts/page.js';
import { Failed } from '../parts/states.js';
import { ServiceProblem } from '../service/ask.js';
import { randomId } from '../service/random-id.js';
import { askTagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { emptyDraft, inputOf, type Place } from './draft.js';
import { editorTexts } from './editor/editor.texts.js';
import { PlaceForm } from './editor/place-form.js';
import { useDraft } from './editor/use-draft.js';
import { forgetLists } from './editor/use-template-save.js';
import { Workbench } from './editor/workbench.js';
import { useSamples } from './preview/use-samples.js';

/** A template being written for a place that has none. */
export function NewTemplateScreen() {
  const words = useTexts(editorTexts);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const wanted = useSearch({ from: '/plantillas/nueva' });
  const samples = useSamples();
  const [place, setPlace] = useState<Place>({
    channel: wanted.channel ?? 'email',
    target: wanted.target ?? 'clients',
    service_type_id: wanted.service_type ?? '',
    phase_id: wanted.phase ?? '',
    subtype_id: '',
    taller_id: wanted.taller ?? '',
    event_type: '',
  });
  const { draft, write, reset } = useDraft('new', emptyDraft, '');
  const [key, renew] = useState(() => randomId());
  const create = useMutation({
    mutationFn: () =>
      askTagged(
        createTemplate({ headers: { 'Idempotency-Key': key }, body: inputOf(place, draft) }),
      ),
    onSuccess: (state) => {
      const { id } = state.data;
      reset(emptyDraft);
      queries.setQueryData(['template', id], state);
      forgetLists(queries, id);
      notifications.show({ message: words.created, color: 'green', withCloseButton: false });
      return navigate({ to: '/plantillas/$id', params: { id } });
    },
  });
  const refusal = create.error instanceof ServiceProblem ? create.error : null;
  const changed = () => {
    create.reset();
    renew(randomId());
  };
  const hasPlace = place.service_type_id !== '' && place.phase_id !== '';
  return (
    <Page
      title={words.newTitle}
      lead={words.newLead}
      actions={
        <>
          <Button component={Link} to="/plantillas" variant="subtle">
            {words.back}
          </Button>
          <Button
            disabled={!hasPlace || draft.name.trim() === '' || draft.body.trim() === ''}
            loading={create.isPending}
            onClick={() => create.mutate()}
          >
            {words.create}
          </Button>
        </>
      }
    >
      {create.error ? <Failed error={create.error} again={() => create.mutate()} /> : null}
      <PlaceForm
        place={place}
        errors={refusal?.errors ?? {}}
        change={(change) => {
          changed();
          setPlace({ ...place, ...change });
        }}
      />
      {hasPlace ? (
        <Workbench
          channel={place.channel}
          draft={draft}
          write={(change) => {
            changed();
            write(change);
          }}
          refusal={refusal}
          samples={samples}
        >
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={draft.name}
            onChange={({ currentTarget }) => {
              changed();
              write({ name: currentTarget.value });
            }}
            error={refusal?.errors.name?.join('; ')}
          />
        </Workbench>
      ) : (
        <Stack>
          <Text c="dimmed">{words.needsPlace}</Text>
        </Stack>
      )}
    </Page>
  );
}
