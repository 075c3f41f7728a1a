import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Room for what Postgres keeps of its log (512 MB) and for the data of some minutes. */
const size = '1g';
/** From large to small, so that nothing is left. */
const pieceBytes = [4 << 20, 64 << 10, 4 << 10, 1];

/** A file system of its own for a run's Postgres, in memory, which can be filled to the last byte. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Null where this user may not mount one. */
  static async mount(folder: string): Promise<SmallDisk | null> {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', folder]);
      return new SmallDisk(folder);
    } catch {
      return null;
    }
  }

  /** Takes all that is free. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    for (const bytes of pieceBytes) {
      const piece = Buffer.alloc(bytes);
      while (wrote(file, piece));
    }
    closeSync(file);
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}

function wrote(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
