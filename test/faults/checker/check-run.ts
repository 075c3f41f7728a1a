import { parseArgs } from 'node:util';
import pg from 'pg';
import { RunJournals } from '../journals.js';
import { check } from './check.js';
import { readEvidence } from './read-evidence.js';

/**
 * `node dist/test/faults/checker/check-run.js --database URL --journals FOLDER`: checks what a run
 * left behind, says what it finds, and ends with 1 if that is anything.
 */
const { values } = parseArgs({
  options: { database: { type: 'string' }, journals: { type: 'string' } },
});
if (!values.database || !values.journals) {
  throw new Error('say where: --database postgres://… --journals FOLDER');
}
const client = new pg.Client({ connectionString: values.database });
await client.connect();
try {
  // One moment for all that is read, even while the service works.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const evidence = await readEvidence(client, new RunJournals(values.journals));
  const violations = check(evidence);
  for (const { rule, ids, says } of violations) {
    process.stdout.write(`${rule}\t${ids.join(' ')}\t${says}\n`);
  }
  process.stdout.write(
    `${evidence.events.length} events, ${evidence.arrivals.length} arrivals, ` +
      `${violations.length} violations\n`,
  );
  process.exitCode = violations.length > 0 ? 1 : 0;
} finally {
  await client.end();
}
