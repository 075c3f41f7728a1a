import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptSecrets } from './kept-secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('secrets are made once, for their owner alone', () => {
  const first = keptSecrets(folder);
  expect(keptSecrets(folder)).toEqual(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(first.INTERNAL_API_SECRET_KEY).not.toBe(first.SECRET_KEY);
});

test('what an older version did not make is added, and what it made stays', () => {
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ SECRET_KEY: 'of long ago' }));
  const completed = keptSecrets(folder);
  expect(completed.SECRET_KEY).toBe('of long ago');
  expect(completed.INTERNAL_API_SECRET_KEY).toMatch(/^[0-9a-f]{64}$/);
  expect(keptSecrets(folder)).toEqual(completed);
});

test('a damaged file is no reason to make other secrets', () => {
  writeFileSync(join(folder, 'secrets.json'), '{"SECRET');
  expect(() => keptSecrets(folder)).toThrow();
});
