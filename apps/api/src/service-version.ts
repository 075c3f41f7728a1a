import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const serviceName = 'ambacar-notifications';

/** The version of the package that this file belongs to, from sources and from `dist` alike. */
export const serviceVersion = readVersion(dirname(fileURLToPath(import.meta.url)));

function readVersion(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return String(JSON.parse(readFileSync(file, 'utf8')).version);
  const parent = dirname(folder);
  if (parent === folder) throw new Error('no package.json above this file');
  return readVersion(parent);
}
