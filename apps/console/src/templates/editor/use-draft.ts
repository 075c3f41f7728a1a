import { useCallback, useState } from 'react';
import { type Draft, isSame } from '../draft.js';

interface Kept {
  draft: Draft;
  /** The state that was edited, for `If-Match`. */
  etag: string;
}

/**
 * What is written and not saved yet. Every change is kept in this tab, so that it survives a
 * reload, a session that ended, and a save that failed.
 *
 * @param saved what the draft began with
 * @param etag the state that `saved` is
 */
export function useDraft(name: string, saved: Draft, etag: string) {
  const key = `ambacar.template.${name}`;
  const [begun] = useState(() => recover(key, saved));
  const [draft, setDraft] = useState(begun?.draft ?? saved);
  const [wasRecovered, setWasRecovered] = useState(begun !== null);
  const write = useCallback(
    (change: Partial<Draft>, of = etag) =>
      setDraft((now) => {
        const next = { ...now, ...change };
        keep(key, { draft: next, etag: of });
        return next;
      }),
    [key, etag],
  );
  const reset = useCallback(
    (to: Draft) => {
      sessionStorage.removeItem(key);
      setWasRecovered(false);
      setDraft(to);
    },
    [key],
  );
  return {
    draft,
    write,
    /** Forgets what was kept, after a save or to begin anew. */
    reset,
    isChanged: !isSame(draft, saved),
    wasRecovered,
    /** The state that what was recovered was made of; null where nothing was. */
    recoveredEtag: begun?.etag ?? null,
  };
}

function keep(key: string, kept: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full store loses the copy, not what stands in the editor.
  }
}

function recover(key: string, saved: Draft): Kept | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    const kept: Partial<Kept> = JSON.parse(text);
    if (!kept.draft || typeof kept.etag !== 'string') return null;
    const draft = { ...saved, ...kept.draft };
    return isSame(draft, saved) ? null : { draft, etag: kept.etag };
  } catch {
    return null;
  }
}
