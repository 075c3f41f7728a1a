import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../standalone/prepare.mjs';

// `npm run cli -- …` and `npm run demo`: prepared like `npm start`, so that they work on a fresh
// clone too. Output stays clean for `--json`: preparing talks to stderr.

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
prepare();
await import('../../dist/apps/cli/src/main.js');
