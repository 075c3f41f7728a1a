import { prepare } from '../standalone/prepare.mjs';

// `npm run cli -- …` and `npm run demo`: prepared like `npm start`, so that they work on a fresh
// clone too. Output stays clean for `--json`: preparing talks to stderr.

prepare();
await import('../../dist/apps/cli/src/main.js');
