import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

// `npm start`. What was prepared then runs in this very process: there is no parent to forward
// signals and exit codes, and none that could be killed alone.

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
prepare();
await import('../../dist/apps/standalone/src/main.js');
