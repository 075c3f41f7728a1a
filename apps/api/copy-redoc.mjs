import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

// Puts ReDoc's one-file bundle beside the page that serves it, so that production installs need
// neither its package nor the ninety others that come with it.

const require = createRequire(import.meta.url);
const folder = new URL('../../dist/apps/api/src/documentation/', import.meta.url);

for (const name of ['redoc.standalone.js', 'redoc.standalone.js.LICENSE.txt']) {
  await copyFile(require.resolve(`redoc/bundles/${name}`), new URL(name, folder));
}
