import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getPreferences, updatePreferences } from '#contracts/client/sdk.gen.js';
import type { PreferencesInput, PreferencesView } from '#contracts/client/types.gen.js';
import { Failed, Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
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
    queryFn: ({ signal }) => ask(getPreferences({ path, signal })),
  });
  const changing = useMutation({
    // One after the other, so that the last word is the last one said.
    scope: { id: queryKey.join() },
    mutationFn: (body: PreferencesInput) => ask(updatePreferences({ path, body })),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<PreferencesView>(queryKey);
      if (before) queries.setQueryData(queryKey, withChange(before, change));
      return before;
    },
    onError: (_error, _change, before) => queries.setQueryData(queryKey, before),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Section title={words.title} lead={words.lead}>
      <Queried query={preferences}>
        {(held) => (
          <ChannelOrder
            preferences={held}
            change={(change) => changing.mutate(change)}
            changeSurely={(change) => changing.mutateAsync(change)}
          />
        )}
      </Queried>
      {changing.error ? <Failed error={changing.error} /> : null}
    </Section>
  );
}
