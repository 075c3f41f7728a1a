import type { DataSource } from 'typeorm';
import { hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { type ApiKey, findApiKey } from '#infrastructure/persistence/api-keys.js';

/** How long a key is believed, or disbelieved, without asking the database again. */
const believedForMs = 5000;
/** Wrong keys are remembered too; this bounds what a guesser can make us remember. */
const mostEntries = 10_000;

interface Entry {
  key: Promise<ApiKey | null>;
  /** Whether it was good when it was last looked up. */
  good: boolean;
  until: number;
}

/** Looks keys up by their hash, at most once in 5 seconds for each. */
export class KnownKeys {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * The key that a caller presented; null when there is none such, or none any more.
   *
   * @param mayLook whether a key that was not good before may be looked up
   */
  find(presented: string, mayLook: () => Promise<boolean>): Promise<ApiKey | null> {
    return this.findByHash(hashApiKey(presented), mayLook);
  }

  /** The same, for who knows the key by its hash. */
  async findByHash(hash: Buffer, mayLook: () => Promise<boolean>): Promise<ApiKey | null> {
    const name = hash.toString('base64');
    const known = this.entries.get(name);
    const key = await this.believed(known, name, hash, mayLook);
    return key?.expiresAt && key.expiresAt.getTime() <= Date.now() ? null : key;
  }

  /** Every key is looked up again: one of them was changed. */
  forget(): void {
    for (const entry of this.entries.values()) entry.until = 0;
  }

  private async believed(
    known: Entry | undefined,
    name: string,
    hash: Buffer,
    mayLook: () => Promise<boolean>,
  ): Promise<ApiKey | null> {
    if (known && known.until > performance.now()) return known.key;
    if (!known?.good && !(await mayLook())) return null;
    return this.look(name, hash).key;
  }

  private look(name: string, hash: Buffer): Entry {
    if (this.entries.size >= mostEntries) this.entries.clear();
    const entry: Entry = {
      key: findApiKey(this.dataSource, hash),
      good: this.entries.get(name)?.good ?? false,
      until: performance.now() + believedForMs,
    };
    this.entries.set(name, entry);
    entry.key.then(
      (key) => {
        entry.good = key !== null;
      },
      // A lookup that failed says nothing about the key.
      () => {
        entry.until = 0;
      },
    );
    return entry;
  }
}
