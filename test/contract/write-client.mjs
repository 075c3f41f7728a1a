// Writes the TypeScript client from the OpenAPI document, or with --check says whether the written
// one is stale. Runs from the repository's folder, after `npm run openapi`.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';

const document = 'libs/contracts/src/openapi.json';
const folder = 'libs/contracts/src/client';

if (process.argv.includes('--check')) {
  const fresh = await mkdtemp(join(tmpdir(), 'client-'));
  await write(fresh);
  if (!(await areEqual(fresh, folder))) {
    process.stderr.write(`${folder} is stale. Write it anew with: npm run client\n`);
    process.exitCode = 1;
  }
  await rm(fresh, { recursive: true });
} else {
  await write(folder);
}

function write(path) {
  return createClient({
    input: document,
    output: {
      path,
      // The check writes elsewhere, and the text must not depend on where.
      tsConfigPath: null,
      importFileExtension: '.js',
    },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'silent' },
  });
}

async function areEqual(one, other) {
  const [names, otherNames] = await Promise.all([one, other].map(filesOf));
  if (names.join() !== otherNames.join()) return false;
  for (const name of names) {
    const [text, otherText] = await Promise.all([
      readFile(join(one, name), 'utf8'),
      readFile(join(other, name), 'utf8'),
    ]);
    if (text !== otherText) return false;
  }
  return true;
}

async function filesOf(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
}
