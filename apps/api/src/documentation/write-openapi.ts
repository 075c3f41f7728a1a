import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { previewDocument } from './preview-document.js';

// Writes the OpenAPI document, or with --check says whether the written one is stale. Runs from the
// repository's folder.

const file = 'libs/contracts/src/openapi.json';

const fresh = `${JSON.stringify(await previewDocument(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written !== fresh) {
    process.stderr.write(`${file} is stale. Write it anew with: npm run openapi\n`);
    process.exitCode = 1;
  }
} else {
  await writeFile(file, fresh);
}
