import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  countUnreadNotices,
  listNotices,
  readAllNotices,
  readNotice,
} from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { useLive } from '../service/live.js';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';
import type { InboxSearch } from './route.js';

export const pageSize = 20;
const inboxKey = ['inbox'];

/** A page of notices, anew with every notice that comes and every mark, of this tab or another. */
export function useInbox({ taller, phase, unread, page }: InboxSearch) {
  useLive(['inbox'], inboxKey);
  const query = {
    page: page ?? 1,
    page_size: pageSize,
    ...(taller && { taller_id: taller }),
    ...(phase && { phase_id: phase }),
    ...(unread && { unread }),
  };
  return useQuery({
    queryKey: [...inboxKey, 'page', query],
    queryFn: ({ signal }) => ask(listNotices({ query, signal })),
    placeholderData: (before) => before,
  });
}

export function useUnread() {
  useLive(['inbox'], inboxKey);
  return useQuery({
    queryKey: [...inboxKey, 'unread'],
    queryFn: ({ signal }) => ask(countUnreadNotices({ signal })),
  });
}

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
