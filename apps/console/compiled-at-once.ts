import type { Plugin } from 'vite';

/**
 * Has Chromium compile a file whole while it comes, beside the page, and not function by function
 * when each is called first: for what is loaded first and mostly called, a tenth less until the
 * panel can be used. Others read a comment (github.com/WICG/explicit-javascript-compile-hints).
 */
export function compiledAtOnce(name: string): Plugin {
  return {
    name: 'compiled-at-once',
    apply: 'build',
    generateBundle: {
      // Not a banner of the bundler's: Vite puts a line of its own before that, and only the first counts.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk' || file.name !== name) continue;
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
        }
      },
    },
  };
}
