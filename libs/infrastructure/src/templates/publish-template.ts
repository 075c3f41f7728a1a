import { compile } from 'html-to-text';
import type { Channel } from '#domain/catalog/channels.js';
import type { Parts } from '#domain/templates/template.js';
import { compileLayout } from './compile-layout.js';

/**
 * Makes what is sent out of what people wrote: an e-mail's HTML fragment is put inside the
 * responsive layout and gets a plain-text twin, unless its author wrote one; parts of the other
 * channels stay as they are. All text comes out in NFC. Variables stay open holes.
 *
 * @throws Error where the layout itself does not compile, which is a fault of ours
 */
export async function publishParts(channel: Channel, source: Readonly<Parts>): Promise<Parts> {
  const parts: Parts = {};
  for (const [name, text] of Object.entries(source)) parts[name] = text.normalize('NFC');
  if (channel !== 'email') return parts;
  const fragment = parts.html ?? '';
  const text = parts.text?.trim() ? parts.text : twinOf(fragment);
  return { ...parts, html: await inLayout(fragment), text };
}

/** The layout's compilation, begun at the first e-mail; one that failed is tried again. */
let layout: ReturnType<typeof compileLayout> | undefined;

async function inLayout(fragment: string): Promise<string> {
  layout ??= compileLayout();
  layout.catch(() => {
    layout = undefined;
  });
  const [before, after] = await layout;
  return `${before}${fragment}${after}`;
}

// Headings keep their case: `{{Nombre}}` in capitals would be another variable. Rows of a table
// become lines, because columns cannot be aligned before the variables are filled.
const toText = compile({
  wordwrap: false,
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
    {
      selector: 'table',
      format: 'block',
      options: { leadingLineBreaks: 2, trailingLineBreaks: 2 },
    },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ': ' } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'a', options: { linkBrackets: ['(', ')'], hideLinkHrefIfSameAsText: true } },
    { selector: 'img', format: 'skip' },
  ],
});

/** The fragment in plain text, signed by the workshop as the layout is. */
function twinOf(fragment: string): string {
  const text = toText(fragment)
    .replace(/[ \t]+$/gm, '')
    // A tag on a line of its own would leave an empty line behind when it is rendered.
    .replace(/\n(\{%[^%]*%\})(?=\n|$)/g, '$1');
  return `${text}\n\n{{Taller}}\n`;
}
