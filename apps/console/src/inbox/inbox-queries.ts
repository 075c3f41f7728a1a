import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { countUnreadNotices, listNotices } from '#contracts/client/sdk.gen.js';
import type { NoticePage, UnreadNotices } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useLive, useNotices } from '../service/live.js';
import type { InboxSearch } from './route.js';
import { withNotice } from './with-notice.js';

export const pageSize = 20;
export const inboxKey = ['inbox'];

/** A page of notices, anew with every notice that comes and every mark, of this tab or another. */
export function useInbox(search: InboxSearch) {
  const { taller, phase, unread, page } = search;
  useLive(['inbox'], inboxKey);
  const query = {
    page: page ?? 1,
    page_size: pageSize,
    ...(taller && { taller_id: taller }),
    ...(phase && { phase_id: phase }),
    ...(unread && { unread }),
  };
  const client = useQueryClient();
  const queryKey = [...inboxKey, 'page', query];
  // It is on the screen before the page is asked for again.
  useNotices((notice) =>
    client.setQueryData<NoticePage>(
      queryKey,
      (known) => known && withNotice(known, notice, search, pageSize),
    ),
  );
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(listNotices({ query, signal })),
    placeholderData: (before) => before,
  });
}

export const unreadQuery = queryOptions({
  queryKey: [...inboxKey, 'unread'],
  queryFn: ({ signal }) => ask(countUnreadNotices({ signal })),
});

export function useUnread() {
  useLive(['inbox'], inboxKey);
  const client = useQueryClient();
  useNotices(({ number, is_read }) =>
    client.setQueryData<UnreadNotices>(
      unreadQuery.queryKey,
      (known) =>
        known &&
        (is_read || number <= known.newest ? known : { unread: known.unread + 1, newest: number }),
    ),
  );
  return useQuery(unreadQuery);
}
