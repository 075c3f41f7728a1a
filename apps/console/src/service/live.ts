import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { NoticeView } from '#contracts/client/types.gen.js';
import { LiveConnection, type LiveState, type Source, type Topic } from './live-connection.js';
import { paced } from './paced.js';

const path = '/api/v1/notifications/inbox/stream/';

const connection = new LiveConnection<NoticeView>(
  (lastSeen) =>
    new EventSource(lastSeen === null ? path : `${path}?last_event_id=${lastSeen}`) as EventSource &
      Source,
);
window.addEventListener('online', () => connection.retryNow());

/** A busy service changes all the time; nobody reads figures faster than this. */
const everyMs = 2000;
/** How often is asked while nobody tells. */
const withoutWordMs = 30_000;

/**
 * Asks what stands under a key anew whenever something of these kinds has changed, for as long as
 * the component is there; at most every two seconds, and never before the last answer has come.
 *
 *     const refetchInterval = useLive(['dead_letters', 'accounts'], ['attention']);
 *
 * @returns the interval for the query, in milliseconds; false while changes are told
 */
export function useLive(topics: readonly Topic[], queryKey: QueryKey): number | false {
  const client = useQueryClient();
  const state = useLiveState();
  const isOurs = useEffectEvent((topic: Topic) => topics.includes(topic));
  const refresh = useEffectEvent(() => {
    if (client.isFetching({ queryKey }) > 0) return false;
    void client.invalidateQueries({ queryKey });
    return true;
  });
  useEffect(() => {
    const refreshing = paced(() => refresh(), everyMs);
    const leave = connection.listen({
      onChange: (changed) => {
        if (changed.some((topic) => isOurs(topic))) refreshing.want();
      },
    });
    return () => {
      leave();
      refreshing.stop();
    };
  }, []);
  return state === 'connected' ? false : withoutWordMs;
}

/** Whether what is shown follows what happens. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (onState) => connection.listen({ onState }),
    () => connection.state,
  );
}

/** Hears of every notice that comes while the component is there. */
export function useNotices(onNotice: (notice: NoticeView) => void): void {
  const hear = useEffectEvent(onNotice);
  useEffect(() => connection.listen({ onNotice: (notice) => hear(notice) }), []);
}
