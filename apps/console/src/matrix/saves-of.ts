import type { AuditEntryView } from '#contracts/client/types.gen.js';

/** What one request changed at once: the trail has an entry for each cell of it. */
export interface Save {
  /** Of its newest entry. */
  id: string;
  at: string;
  author: string;
  entries: AuditEntryView[];
}

/** @param entries newest first, as the service tells them */
export function savesOf(entries: readonly AuditEntryView[]): Save[] {
  const saves: Save[] = [];
  let lastRequest: string | null = null;
  for (const entry of entries) {
    const last = saves.at(-1);
    if (last && entry.request_id !== null && entry.request_id === lastRequest) {
      last.entries.push(entry);
    } else {
      saves.push({ id: entry.id, at: entry.at, author: entry.author.name, entries: [entry] });
    }
    lastRequest = entry.request_id;
  }
  return saves;
}
