import type { DataSource } from 'typeorm';
import { apiKeyForm, hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { type ApiKey, findApiKey } from '#infrastructure/persistence/api-keys.js';

/** How long a key is believed, or disbelieved, without asking the database again. */
const believedForMs = 5000;
/** Wrong keys are remembered too; this bounds what a guesser can make us remember. */
const mostEntries = 10_000;

interface Entry {
  key: Promise<ApiKey | null>;
  until: number;
}

/** Looks keys up by their hash, at most once in 5 seconds for each. */
export class KnownKeys {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly dataSource: DataSource) {}

  /** The key that a caller presented; null when there is none such, or none any more. */
  async find(presented: string): Promise<ApiKey | null> {
    if (!apiKeyForm.test(presented)) return null;
    const hash = hashApiKey(presented);
    const name = hash.toString('base64');
    const known = this.entries.get(name);
    const entry = known && known.until > performance.now() ? known : this.look(name, hash);
    const key = await entry.key;
    return key?.expiresAt && key.expiresAt.getTime() <= Date.now() ? null : key;
  }

  /** Every key is asked for again: one of them was changed. */
  forget(): void {
    this.entries.clear();
  }

  private look(name: string, hash: Buffer): Entry {
    if (this.entries.size >= mostEntries) this.entries.clear();
    const entry = {
      key: findApiKey(this.dataSource, hash),
      until: performance.now() + believedForMs,
    };
    this.entries.set(name, entry);
    // A lookup that failed says nothing about the key.
    entry.key.catch(() => this.entries.delete(name));
    return entry;
  }
}
