import { queryOptions } from '@tanstack/react-query';
import { getAnalyticsSummary, getAttention, getChannelsHealth } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { queryClient } from '../service/query-client.js';
import { sessionQuery } from '../session/use-session.js';
import type { PeriodDays } from './period.js';

export const summaryQuery = (days: PeriodDays) =>
  queryOptions({
    queryKey: ['summary', days],
    queryFn: ({ signal }) => ask(getAnalyticsSummary({ query: { days }, signal })),
  });

export const attentionQuery = queryOptions({
  queryKey: ['attention'],
  queryFn: ({ signal }) => ask(getAttention({ signal })),
});

export const channelsHealthQuery = queryOptions({
  queryKey: ['channels-health'],
  queryFn: ({ signal }) => ask(getChannelsHealth({ signal })),
});

/**
 * Asks what the panel shows, before it is made: made twice, once to say that it loads, it cost a
 * third more. Of nobody, nothing. Not waited for: how the providers are, who may take their time.
 */
export async function askAhead(days: PeriodDays): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery).catch(() => null);
  if (!session?.caller) return;
  void queryClient.prefetchQuery(channelsHealthQuery);
  await Promise.all([
    queryClient.prefetchQuery(summaryQuery(days)),
    queryClient.prefetchQuery(attentionQuery),
  ]);
}
