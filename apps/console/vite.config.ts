import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compiledAtOnce } from './compiled-at-once.js';
import { compressed } from './compressed.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run console:dev` serves the sources with reloading, and asks a running API for the rest. */
const service = 'http://127.0.0.1:8000';

export default defineConfig({
  root: here('.'),
  resolve: { alias: { '#contracts': here('../../libs/contracts/src') } },
  plugins: [compiledAtOnce('start'), compressed()],
  build: {
    outDir: here('../../dist/apps/console'),
    emptyOutDir: true,
    // Inlined files would be `data:` addresses, which the page's policy lets no script come from.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor comes alone, when a template is opened.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // One file for what is loaded first, in place of twenty: a browser on a processor four times
        // slower spends 10 ms on each that it asks for.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
      },
      onLog(level, log, report) {
        // Marks for frameworks that render on a server, in some hundred files; ours does not.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  server: {
    proxy: {
      '/api': service,
      '/health': service,
      '/queues': service,
      '/ws': { target: service, ws: true },
    },
  },
});
