import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LockHeldError, takeLock } from './folder-lock.js';

describe('a lock', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ambacar-lock-'));
    path = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is held until it is released, and names its holder', () => {
    const lock = takeLock(path);
    expect(() => takeLock(path)).toThrow(LockHeldError);
    expect(() => takeLock(path)).toThrow(`process ${process.pid}`);
    lock.release();
    takeLock(path).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['of a process that died', { pid: 2 ** 22 + 1, startTicks: '1', since: '2026-01-01' }],
    [
      'whose pid is now another process',
      { pid: process.pid, startTicks: '1', since: '2026-01-01' },
    ],
  ])('%s is taken over', (_, holder) => {
    writeFileSync(path, JSON.stringify(holder));
    const lock = takeLock(path);
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that holds garbage is taken over', () => {
    writeFileSync(path, '{"pid":');
    takeLock(path).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that was taken over by another is not released by its former holder', () => {
    const lock = takeLock(path);
    writeFileSync(path, JSON.stringify({ pid: 1, startTicks: null, since: 'later' }));
    lock.release();
    expect(readFileSync(path, 'utf8')).toContain('later');
  });
});
