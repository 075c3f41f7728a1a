import { expect } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { ConsoleBrowser } from './console-browser.js';
import { layoutBreaks } from './layout-breaks.js';

const widths = [1440, 390] as const;
const schemes = ['light', 'dark'] as const;

/**
 * What holds of every screen as it stands: nothing on the browser's console, no request to another
 * origin, no serious or critical finding of axe and no break of the layout, in light and dark, on a
 * phone and on a desk. Keeps a screenshot of each.
 */
export async function expectSound(browser: ConsoleBrowser, name: string): Promise<void> {
  const { page } = browser;
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
      await page.evaluate(motionIsOver);
      expect({ name, width, scheme, findings: await findingsOf(page) }).toEqual({
        name,
        width,
        scheme,
        findings: [],
      });
      expect({ name, width, scheme, breaks: await page.evaluate(layoutBreaks) }).toEqual({
        name,
        width,
        scheme,
        breaks: [],
      });
      await browser.keepScreenshot(`${name}-${width}-${scheme}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  expect(browser.faults).toEqual([]);
}

/**
 * Resolves when nothing moves any more: a colour on its way to another has a contrast that nobody
 * is to read by. What a click has just begun to open moves from the frame after the next.
 */
const motionIsOver = `(async () => {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await nextFrame();
  await nextFrame();
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
})()`;

async function findingsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not forbid.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
