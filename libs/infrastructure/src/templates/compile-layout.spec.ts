import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { compileLayout } from './compile-layout.js';

test('the process goes on answering while the layout is compiled', async () => {
  const begun = performance.now();
  let isDone = false;
  const compiled = compileLayout().finally(() => {
    isDone = true;
  });
  let [longestGapMs, lastMs] = [0, begun];
  while (!isDone) {
    await setImmediate();
    const nowMs = performance.now();
    longestGapMs = Math.max(longestGapMs, nowMs - lastMs);
    lastMs = nowMs;
  }
  const [before, after] = await compiled;
  expect(before).toContain('{{Taller}}');
  expect(after).toContain('</html>');
  // Loaded here, MJML would be one gap of nearly all that time.
  expect(longestGapMs).toBeLessThan((performance.now() - begun) / 2);
});
