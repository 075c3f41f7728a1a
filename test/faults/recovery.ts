import type { Case } from './checker/evidence.js';

/**
 * How long a message that a dead process held stayed with nobody, in milliseconds: from the kill (or
 * the freezing) to the moment at which another process had taken it over and decided what follows. Where several
 * kills could have been the one, the first counts, so that nothing is made to look faster.
 */
export function recoveryMs({ timeline, entriesOf, disruptions }: Case): number[] {
  const killedAt = disruptions
    .filter(({ kind }) => kind === 'kill' || kind === 'pause')
    .map(({ fromMs }) => fromMs)
    .sort((a, b) => a - b);
  return timeline.flatMap((end) => {
    if (end.kind !== 'attempt_ended' || end.data.code !== 'worker_lost') return [];
    const start = (entriesOf.get(end.messageId ?? '') ?? []).find(
      ({ kind, attempt }) => kind === 'attempt_started' && attempt === end.attempt,
    );
    const kill = killedAt.find((at) => at >= (start?.at ?? end.at) - 50 && at <= end.at);
    return kill === undefined ? [] : [end.at - kill];
  });
}

/** The value below which so many per cent of the values lie; null of none. */
export function percentileOf(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? null;
}
