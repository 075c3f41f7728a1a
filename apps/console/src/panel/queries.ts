import { queryOptions, skipToken } from '@tanstack/react-query';
import { getAnalyticsSummary, getAttention, getChannelsHealth } from '#contracts/client/sdk.gen.js';
import type { AnalyticsSummary } from '#contracts/client/types.gen.js';
import { unreadQuery } from '../inbox/inbox-queries.js';
import { ask } from '../service/ask.js';
import { queryClient } from '../service/query-client.js';
import { sessionQuery } from '../session/use-session.js';
import { type PeriodDays, periodBefore } from './period.js';

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

/** The same of as many days before, to compare with; asks nothing until it is known what with. */
export const summaryBeforeQuery = (now: AnalyticsSummary | undefined) => {
  const query = now && periodBefore(now.from, now.to);
  return queryOptions({
    queryKey: ['summary', query],
    queryFn: query ? ({ signal }) => ask(getAnalyticsSummary({ query, signal })) : skipToken,
    staleTime: 300_000,
  });
};

/**
 * Asks what the panel shows, before it is made: made again with each answer, it cost a third more.
 * Of nobody, nothing. Not waited for: how the providers are, who may take their time.
 */
export async function askAhead(days: PeriodDays): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery).catch(() => null);
  if (!session?.caller) return;
  void queryClient.prefetchQuery(channelsHealthQuery);
  await Promise.all([
    askSummaries(days),
    queryClient.prefetchQuery(attentionQuery),
    queryClient.prefetchQuery(unreadQuery),
  ]);
}

async function askSummaries(days: PeriodDays): Promise<void> {
  const now = await queryClient.ensureQueryData(summaryQuery(days)).catch(() => null);
  if (now) await queryClient.prefetchQuery(summaryBeforeQuery(now));
}
