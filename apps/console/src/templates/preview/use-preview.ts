import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { previewTemplate } from '#contracts/client/sdk.gen.js';
import type { ContentView } from '#contracts/client/types.gen.js';
import { ask, ServiceProblem } from '../../service/ask.js';
import { type Channel, type Draft, textOf } from '../draft.js';

/** Long enough that a word in the middle of its typing is not judged. */
const restMs = 400;

/**
 * What the text would look like, asked when the typing rests, and what is wrong with it.
 *
 * @param values by variable; all of them, so that none is missing
 */
export function usePreview(channel: Channel, draft: Draft, values: Record<string, string>) {
  const isReady = draft.body.trim() !== '' && Object.keys(values).length > 0;
  const wanted = isReady
    ? JSON.stringify({ channel, ...textOf(channel, draft), context: values })
    : null;
  const [asked] = useDebouncedValue(wanted, restMs);
  const query = useQuery({
    queryKey: ['template-preview', asked],
    queryFn: ({ signal }) => ask(previewTemplate({ signal, body: JSON.parse(asked ?? '{}') })),
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  const [last, setLast] = useState<ContentView | null>(null);
  const message = query.data?.message ?? null;
  if (message && message !== last) setLast(message);
  const problem = query.error instanceof ServiceProblem ? query.error : null;
  return {
    /** The newest that could be made; of another channel none. */
    message: message ?? (last?.channel === channel ? last : null),
    problem: isReady ? problem : null,
  };
}
