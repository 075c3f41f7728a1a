import { existsSync, readFileSync } from 'node:fs';

// Adds up the JSON results of several jest runs: `node count-tests.mjs EXIT_STATUS FILE…`. A file
// that is not there is a run that was never reached; a suite that did not load counts as failed.

const [status, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files.filter((name) => existsSync(name))) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
}
// Whatever else stopped the checks counts as one that failed.
if (status !== '0' && failed === 0) failed = 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
