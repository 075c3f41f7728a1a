import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

interface BrowserFile {
  type: string;
  read(): Promise<string>;
}

const script = 'text/javascript; charset=utf-8';

/**
 * What the documentation pages load, all from our own origin. Swagger UI comes with its package.
 * ReDoc's package brings ninety others that its one-file bundle does not need, so it is a
 * development dependency and the build copies the bundle beside this file.
 */
export const browserFiles: ReadonlyMap<string, BrowserFile> = new Map([
  [
    'swagger-ui.css',
    {
      type: 'text/css; charset=utf-8',
      read: () => readFile(require.resolve('swagger-ui-dist/swagger-ui.css'), 'utf8'),
    },
  ],
  [
    'swagger-ui-bundle.js',
    {
      type: script,
      read: () => readFile(require.resolve('swagger-ui-dist/swagger-ui-bundle.js'), 'utf8'),
    },
  ],
  ['redoc.standalone.js', { type: script, read: readRedoc }],
  [
    'start-swagger-ui.js',
    {
      type: script,
      read: async () =>
        `SwaggerUIBundle({ url: '/api/schema/', dom_id: '#documentation', deepLinking: true, validatorUrl: null });`,
    },
  ],
  [
    'start-redoc.js',
    {
      type: script,
      read: async () =>
        `Redoc.init('/api/schema/', { hideDownloadButton: false }, document.getElementById('documentation'));`,
    },
  ],
]);

async function readRedoc(): Promise<string> {
  const copied = fileURLToPath(new URL('./redoc.standalone.js', import.meta.url));
  const file = existsSync(copied) ? copied : require.resolve('redoc/bundles/redoc.standalone.js');
  const text = await readFile(file, 'utf8');
  // Its footer shows a picture from elsewhere; a page of ours asks nobody else for anything.
  return text.replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,');
}

/** A page that runs these files and nothing else. */
export function page(title: string, files: { styles: string[]; scripts: string[] }): string {
  const styles = files.styles.map((name) => `<link rel="stylesheet" href="/api/docs/${name}">`);
  const scripts = files.scripts.map((name) => `<script src="/api/docs/${name}"></script>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${styles.join('\n')}
</head>
<body>
<div id="documentation"></div>
${scripts.join('\n')}
</body>
</html>
`;
}
