import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Channel } from '#domain/catalog/channels.js';
import { lengthFault, renderContent } from '#domain/templates/render-message.js';
import { type Parts, partsByChannel } from '#domain/templates/template.js';
import { exampleVariables } from '#domain/templates/variable-guide.js';
import { variableNames } from '#domain/templates/variables.js';
import { seedTemplates } from '#migrations/seed/templates/seed-templates.js';
import { LiquidTemplateEngine } from './liquid-template-engine.js';
import { publishChecked } from './publish-checked.js';

const engine = new LiquidTemplateEngine();
const house = 'https://app.example.com';
const publish = (channel: Channel, source: Parts) => publishChecked(channel, source, engine, house);
const faultsOf = async (channel: Channel, source: Parts) => {
  const publication = await publish(channel, source);
  return publication.kind === 'refused' ? publication.faults : [];
};

test('every template of the seed is published', async () => {
  for (const { channel, source } of seedTemplates) {
    expect(await faultsOf(channel, source)).toEqual([]);
  }
});

test('all parts are judged together, each fault at its line and column', async () => {
  const source = {
    subject: 'Hola {{nombre}}',
    html: '<p>Hola</p>\n<p onclick="x">{{Placa}}</p>',
    text: 'a\nb {{Placa',
  };
  expect(await faultsOf('email', source)).toMatchObject([
    { part: 'subject', line: 1, column: 8 },
    { part: 'text', line: 2, column: 3 },
    { part: 'html', line: 2, column: 4 },
  ]);
});

describe('a plain text that is made of the HTML', () => {
  test.each(['<p>&#123;&#123;Nadie}}</p>', '<p>&lbrace;{ no</p>', '<p>{&#37; for x %}</p>'])(
    'is refused with the HTML where it would not parse: %s',
    async (html) => {
      expect(await faultsOf('email', { subject: 'x', html })).toMatchObject([
        { part: 'html', message: expect.stringContaining('plain text') },
      ]);
      expect(await faultsOf('email', { subject: 'x', html, text: 'x' })).toEqual([]);
    },
  );
});

test('a text of absurd nesting or size is refused or taken, and soon', async () => {
  const texts = [
    '{% if Orden %}'.repeat(5000) + '{% endif %}'.repeat(5000),
    '{{Nadie}}'.repeat(10_000),
    `${' '.repeat(90_000)}x`,
    '<b>'.repeat(30_000),
    '{{'.repeat(40_000),
    '{%'.repeat(40_000),
    '<p title="'.repeat(9_000),
    '<a href="https://x.example/'.repeat(3_000),
  ];
  // What took the square of its length would not end within the test's time.
  for (const html of texts) {
    const { kind } = await publish('email', { subject: 'x', html });
    expect(kind).toBe(html.endsWith(' x') ? 'published' : 'refused');
  }
});

describe('a part of which nothing may be seen', () => {
  test.each<[string, Channel, Parts]>([
    ['a condition without else', 'whatsapp', { text: '{% if Orden %}{{Orden}}{% endif %}' }],
    ['an else that is empty', 'whatsapp', { text: '{% if Orden %}x{% else %} {% endif %}' }],
    ['a branch that is empty', 'whatsapp', { text: '{% if Orden %}{% else %}x{% endif %}' }],
    ['a comment alone', 'whatsapp', { text: '{% comment %}x{% endcomment %}' }],
    ['a space of no width', 'whatsapp', { text: '\u200b' }],
    ['a subject', 'email', { subject: '{% if Orden %}x{% endif %}', html: 'x' }],
    ['a plain text', 'email', { subject: 'x', html: 'x', text: '{% if Orden %}x{% endif %}' }],
    ['tags without a word', 'email', { subject: 'x', html: '<p>&nbsp;</p><hr>' }],
    ['a title', 'push', { title: '{% if Orden %}x{% endif %}', body: 'x', url: '/' }],
  ])('is refused: %s', async (_, channel, source) => {
    expect(await faultsOf(channel, source)).toMatchObject([
      { message: expect.stringContaining('blank') },
    ]);
  });

  test.each<[string, Channel, Parts]>([
    ['a word beside the condition', 'whatsapp', { text: '{% if Orden %}{{Orden}}{% endif %}.' }],
    ['each branch with its words', 'whatsapp', { text: '{% if Orden %}x{% else %}y{% endif %}' }],
    ['one variable', 'whatsapp', { text: '{{Nombre}}' }],
    ['a picture', 'email', { subject: '🚗', html: '<img src="https://x.example/a.png" alt="">' }],
  ])('is another than this: %s', async (_, channel, source) => {
    expect(await faultsOf(channel, source)).toEqual([]);
  });
});

/** Pieces that people, and people with bad intentions, put together. */
const piece = fc.oneof(
  fc.constantFrom(...variableNames.map((name) => `{{${name}}}`)),
  fc.constantFrom('{% if Orden %}', '{% else %}', '{% endif %}', '<p>', '</p>', '&#123;', '{', '}'),
  fc.constantFrom('{{Nadie}}', '\n', '/', '<a href="https://x.example/">', '</a>', '%}', '{%', '*'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const anyText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const anySource: fc.Arbitrary<[Channel, Parts]> = fc.oneof(
  fc.record({ subject: anyText, html: anyText }).map((parts): [Channel, Parts] => ['email', parts]),
  fc.record({ text: anyText }).map((parts): [Channel, Parts] => ['whatsapp', parts]),
  fc
    .record({ title: anyText, body: anyText, url: anyText.map((text) => `/${text}`) })
    .map((parts): [Channel, Parts] => ['push', parts]),
);

test('whatever is published renders with all variables filled, or is told to be too long', async () => {
  const anyValues = fc.record(
    Object.fromEntries(variableNames.map((name) => [name, fc.string({ unit: 'binary' })])),
  );
  let published = 0;
  await fc.assert(
    fc.asyncProperty(anySource, anyValues, async ([channel, source], values) => {
      const publication = await publish(channel, source);
      if (publication.kind === 'refused') {
        for (const { part, message } of publication.faults) {
          expect(Object.keys(partsByChannel[channel])).toContain(part);
          expect(message).not.toBe('');
        }
        return;
      }
      published += 1;
      const compiled = engine.compile(publication.parts, partsByChannel[channel]);
      expect(
        lengthFault(renderContent(channel, compiled, exampleVariables, house)),
      ).toBeUndefined();
      const content = renderContent(channel, compiled, values, house);
      if (content.channel === 'push') expect(content.url.startsWith(`${house}/`)).toBe(true);
      if (content.channel === 'email') expect(content.subject).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 500 },
  );
  expect(published).toBeGreaterThan(50);
});
