import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findBinaries, restoreLinks } from './binaries.js';

describe('the binaries', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ambacar-binaries-'));
    mkdirSync(join(root, 'native', 'lib'), { recursive: true });
    writeFileSync(join(root, 'native', 'lib', 'libpq.so.5.18'), '');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('are found for this system', async () => {
    const { postgres, initdb } = await findBinaries();
    expect(postgres).toMatch(/native.bin.postgres(\.exe)?$/);
    expect(initdb).toMatch(/native.bin.initdb(\.exe)?$/);
  });

  test('get their missing links, and keep those they have', async () => {
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    ];
    writeFileSync(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await restoreLinks(join(root, 'native'));
    await restoreLinks(join(root, 'native'));
    expect(readlinkSync(join(root, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  });
});
