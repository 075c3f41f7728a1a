import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readAllNotices, readNotice } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';
import { inboxKey } from './inbox-queries.js';
import type { InboxSearch } from './route.js';

/** Marks one notice, or all that were seen, as read. */
export function useMarks() {
  const client = useQueryClient();
  const words = useTexts(inboxTexts);
  const onSettled = () => client.invalidateQueries({ queryKey: inboxKey });
  const onError = (error: Error) =>
    notifications.show({ color: 'red', title: words.failed, message: error.message });
  const one = useMutation({
    mutationFn: (id: string) => ask(readNotice({ path: { id } })),
    onSettled,
    onError,
  });
  const all = useMutation({
    mutationFn: (seen: { upTo: number; search: InboxSearch }) =>
      ask(
        readAllNotices({
          body: {
            up_to: seen.upTo,
            ...(seen.search.taller && { taller_id: seen.search.taller }),
            ...(seen.search.phase && { phase_id: seen.search.phase }),
          },
        }),
      ),
    onSettled,
    onError,
    onSuccess: () => notifications.show({ message: words.marked }),
  });
  return { one, all };
}
