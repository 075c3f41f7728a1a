import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { NoticeView } from '#contracts/client/types.gen.js';
import { LiveConnection, type LiveState, type Source, type Topic } from './live-connection.js';

const path = '/api/v1/notifications/inbox/stream/';

const connection = new LiveConnection<NoticeView>(
  (lastSeen) =>
    new EventSource(lastSeen === null ? path : `${path}?last_event_id=${lastSeen}`) as EventSource &
      Source,
);
window.addEventListener('online', () => connection.retryNow());

/**
 * Asks what stands under a key anew whenever something of these kinds has changed, for as long as
 * the component is there; at most once a second.
 *
 *     useLive(['dead_letters', 'accounts'], ['panel']);
 */
export function useLive(topics: readonly Topic[], queryKey: QueryKey): void {
  const client = useQueryClient();
  const refresh = useEffectEvent((changed: readonly Topic[]) => {
    if (changed.some((topic) => topics.includes(topic))) {
      void client.invalidateQueries({ queryKey });
    }
  });
  useEffect(() => connection.listen({ onChange: (changed) => refresh(changed) }), []);
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
