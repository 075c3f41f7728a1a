import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

// Lets Node import the sources as they are: what jest does for tests, for the code around them.
// Registered with module.register(); the names are those of package.json "imports".

const root = new URL('../../', import.meta.url);

export async function resolve(specifier, context, next) {
  const source = sourceOf(specifier, context.parentURL);
  return source ? { url: source, shortCircuit: true } : next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(await readFile(path, 'utf8'), {
    swcrc: false,
    filename: path,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}

function sourceOf(specifier, parentUrl) {
  const named = /^#(domain|contracts|infrastructure)\/(.*)\.js$/.exec(specifier);
  if (named) return new URL(`libs/${named[1]}/src/${named[2]}.ts`, root).href;
  const migration = /^#migrations\/(.*)\.js$/.exec(specifier);
  if (migration) return new URL(`migrations/${migration[1]}.ts`, root).href;
  if (parentUrl?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(specifier)) {
    return new URL(specifier.replace(/\.js$/, '.ts'), parentUrl).href;
  }
  return null;
}
