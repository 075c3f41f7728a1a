import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '#domain/catalog/channels.js';

/** What a dispatching client saw: that it asked, and what it was told. */
export type ClientEntry =
  | { kind: 'asked'; key: string; atMs: number }
  /** A 202: from here on it relies on us. */
  | { kind: 'accepted'; key: string; eventId: string; atMs: number };

/** A message that reached the outside world, as far as it tells which one it was. */
export interface Arrival {
  channel: Channel;
  to: string;
  atMs: number;
  /** The mail's Message-ID, or the id that the provider gave. */
  messageId: string | null;
  /** Push only. */
  topic: string | null;
}

/** Something that was done to the service or around it; a death has no length. */
export interface Disruption {
  /** `kill` ends a process at once; whatever else may leave an attempt without an answer. */
  kind: 'kill' | 'pause' | 'database' | 'queue' | 'provider' | 'stop';
  what: string;
  fromMs: number;
  toMs: number;
}

interface Journals {
  client: ClientEntry;
  arrivals: Arrival;
  disruptions: Disruption;
}

/**
 * The three journals of a run, one JSON object a line. Written line by line and at once, so that
 * what a run saw outlives it, however it ends.
 */
export class RunJournals {
  constructor(readonly folder: string) {}

  add<Name extends keyof Journals>(name: Name, ...entries: Journals[Name][]): void {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
    if (lines.length > 0) appendFileSync(this.file(name), lines.join(''));
  }

  read<Name extends keyof Journals>(name: Name): Journals[Name][] {
    if (!existsSync(this.file(name))) return [];
    const lines = readFileSync(this.file(name), 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  private file(name: keyof Journals): string {
    return join(this.folder, `${name}.jsonl`);
  }
}
