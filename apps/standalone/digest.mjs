import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Over contents, not dates: a fresh clone and a copied folder have dates of their own. */
export function sourceDigest(root, lock) {
  const settings = ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];
  const folders = ['apps', 'libs', 'migrations', 'test/bench', 'test/faults'].map((name) =>
    join(root, name),
  );
  const files = [...settings.map((name) => join(root, name)), ...folders.flatMap(filesBelow)];
  return `${lock} ${digestOf(
    root,
    files.filter((path) => !path.endsWith('.spec.ts')),
  )}`;
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** One digest over names and contents. */
export function digestOf(root, files) {
  const hash = createHash('sha256');
  for (const path of files.sort()) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}
