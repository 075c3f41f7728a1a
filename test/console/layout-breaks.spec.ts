import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsoleBrowser } from './support/console-browser.js';
import { layoutBreaks } from './support/layout-breaks.js';

let browser: ConsoleBrowser;
beforeAll(async () => {
  browser = await ConsoleBrowser.open('about:blank');
});
afterAll(() => browser?.close());

const breaksOf = async (body: string) => {
  await browser.page.setContent(`<!doctype html><body>${body}`);
  return browser.page.evaluate<string[]>(layoutBreaks);
};

describe('a break of the layout is found', () => {
  test.each([
    ['sticks out sideways', '<div style="width: 3000px">a</div>'],
    [
      'is cut off',
      '<p style="width: 20px; overflow: hidden; white-space: nowrap">words, words</p>',
    ],
    [
      'is cut off',
      '<div style="width: 40px; overflow: clip"><b style="white-space: nowrap">words, words</b></div>',
    ],
    [
      'is covered',
      `<button>Guardar</button><div style="position: fixed; inset: 0; background: white"></div>`,
    ],
    ['is covered', '<a href="/">uno</a><a href="/" style="margin-left: -30px">otro, largo</a>'],
  ])('where something %s', async (kind, body) => {
    expect(await breaksOf(body)).toEqual([expect.stringContaining(`${kind}: <`)]);
  });

  test.each([
    ['scrolls by itself', '<div style="overflow: auto"><p style="width: 3000px">words</p></div>'],
    [
      'is cut with dots that say so',
      '<p style="width: 20px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">words, words</p>',
    ],
    [
      'is read to the blind',
      '<p style="width: 1px; overflow: hidden; white-space: nowrap">words</p>',
    ],
    [
      'is pressed by its label',
      '<label style="position: relative"><input type="checkbox">yes</label>',
    ],
    ['lies below what is scrolled', '<div style="height: 3000px"></div><button>Guardar</button>'],
    [
      'waits behind a dialog',
      `<button>Guardar</button><div style="position: fixed; inset: 0; background: white"
         aria-modal="true" role="dialog"><button>Sí</button></div>`,
    ],
  ])('and none where something %s', async (_, body) => {
    expect(await breaksOf(body)).toEqual([]);
  });
});
