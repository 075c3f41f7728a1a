import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

// An incomplete lock file stops `npm ci` on every fresh clone, while whoever made it notices
// nothing: their packages are there.
test('the lock file names the packages of every platform', () => {
  const { stderr } = spawnSync(
    process.execPath,
    ['test/support/complete-lock-file.mjs', '--check'],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
});
