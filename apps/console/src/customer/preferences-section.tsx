import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getPreferences, updatePreferences } from '#contracts/client/sdk.gen.js';
import type { PreferencesInput, PreferencesView } from '#contracts/client/types.gen.js';
import { Failed, Queried } from '../parts/states.js';
import { askTagged, ifMatch, isChangedMeanwhile, type Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { ChannelOrder } from './channel-order.js';
import { withChange } from './preference-order.js';
import { preferencesTexts } from './preferences.texts.js';
import { Section } from './section.js';

/** By what channels a customer wants to be told, and in what order; each change is saved at once. */
export function PreferencesSection({ customerId }: { customerId: string }) {
  const words = useTexts(preferencesTexts);
  const queries = useQueryClient();
  const queryKey = ['customer', customerId, 'preferences'];
  const path = { customer_id: customerId };
  const preferences = useQuery({
    queryKey,
    queryFn: ({ signal }) => askTagged(getPreferences({ path, signal })),
  });
  const changing = useMutation({
    // One after the other, so that the last word is the last one said.
    scope: { id: queryKey.join() },
    mutationFn: (body: PreferencesInput) => {
      const etag = queries.getQueryData<Tagged<PreferencesView>>(queryKey)?.etag ?? '';
      return askTagged(updatePreferences({ path, body, headers: ifMatch(etag) }));
    },
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<Tagged<PreferencesView>>(queryKey);
      if (before)
        queries.setQueryData(queryKey, { ...before, data: withChange(before.data, change) });
      return before;
    },
    onSuccess: (now) => queries.setQueryData(queryKey, now),
    onError: (_error, _change, before) => {
      queries.setQueryData(queryKey, before);
      return queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <Section title={words.title} lead={words.lead}>
      <Queried query={preferences}>
        {(held) => (
          <ChannelOrder
            preferences={held.data}
            change={(change) => changing.mutate(change)}
            changeSurely={(change) => changing.mutateAsync(change)}
          />
        )}
      </Queried>
      <Refused error={changing.error} />
    </Section>
  );
}

function Refused({ error }: { error: unknown }) {
  const words = useTexts(preferencesTexts);
  if (!error) return null;
  if (!isChangedMeanwhile(error)) return <Failed error={error} />;
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.changedMeanwhile}
      role="alert"
    >
      {words.changedMeanwhileLead}
    </Alert>
  );
}
