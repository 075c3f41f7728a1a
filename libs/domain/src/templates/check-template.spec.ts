import { describe, expect, test } from '@jest/globals';
import { PlainTemplateEngine } from '../testing/plain-template-engine.js';
import { contentFaults, sourceFaults } from './check-template.js';
import { renderContent } from './render-message.js';
import { partsByChannel } from './template.js';
import { exampleVariables, variableGuide } from './variable-guide.js';
import { variableNames } from './variables.js';

const house = 'https://app.example.com';
const engine = new PlainTemplateEngine();
const push = { title: 'Listo', body: '{{Vehículo}} está listo', url: '/vehiculos/{{Placa}}' };
const faultsOf = (channel: keyof typeof partsByChannel, source: Record<string, string>) =>
  sourceFaults(channel, source, engine, house).map(({ part, message, line, column }) => ({
    part,
    message,
    ...(line === undefined ? {} : { at: [line, column] }),
  }));

describe('the source of a template', () => {
  test.each([
    ['email', { subject: '{{Placa}}', html: '<p>{{Nombre}}</p>' }],
    ['email', { subject: 'x', html: '<p>x</p>', text: 'x' }],
    ['whatsapp', { text: '*{{Vehículo}}*\n_listo_' }],
    ['push', push],
  ] as const)('of %s may be this', (channel, source) => {
    expect(faultsOf(channel, source)).toEqual([]);
  });

  test('must have the parts of its channel, each named', () => {
    expect(faultsOf('push', { title: ' ' }).map(({ part }) => part)).toEqual([
      'title',
      'body',
      'url',
    ]);
    expect(faultsOf('email', {}).map(({ part }) => part)).toEqual(['subject', 'html']);
    expect(faultsOf('whatsapp', { text: '\n' }).map(({ part }) => part)).toEqual(['text']);
  });

  test('tells every name that is no variable, in every part, at its line and column', () => {
    const source = { subject: '{{vehiculo}}', html: '<p>\n {{Telefono}} {{Nombres}}</p>' };
    expect(faultsOf('email', source)).toMatchObject([
      { part: 'subject', at: [1, 1], message: expect.stringContaining('{{Vehículo}}?') },
      { part: 'html', at: [2, 2], message: expect.stringContaining('known are') },
      { part: 'html', at: [2, 15], message: expect.stringContaining('{{Nombre}}?') },
    ]);
  });

  test.each([
    ['subject', 'email', { subject: 'uno\ndos', html: 'x' }],
    ['subject', 'email', { subject: 'x\r\nBcc: otra@example.com', html: 'x' }],
    ['title', 'push', { ...push, title: 'uno\u2028dos' }],
    ['body', 'push', { ...push, body: 'uno\ndos' }],
  ] as const)('has a %s of one line: %s', (part, channel, source) => {
    expect(faultsOf(channel, source)).toMatchObject([
      { part, message: expect.stringContaining('one line') },
    ]);
  });

  test.each(['/', '/citas', '/v/{{ Placa }}?o={{Orden}}', `${house}/citas`])(
    'may link to a page of ours: %s',
    (url) => {
      expect(faultsOf('push', { ...push, url })).toEqual([]);
    },
  );

  test.each([
    'https://evil.example.com/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    '//evil.example.com',
    '/\\evil.example.com',
    '/a b',
    'javascript:alert(1)',
    '{{Placa}}',
    'citas',
  ])('may not link elsewhere: %s', (url) => {
    expect(faultsOf('push', { ...push, url })).toMatchObject([
      { part: 'url', message: expect.stringContaining(house) },
    ]);
  });
});

describe('the message that a template makes', () => {
  const filled = (channel: keyof typeof partsByChannel, parts: Record<string, string>) =>
    contentFaults(renderContent(channel, engine.compile(parts), exampleVariables, house));

  test('has a push body under 120 characters with the examples filled in', () => {
    const body = (length: number) => `${'x'.repeat(length - 6)}{{Placa}}`;
    expect(filled('push', { ...push, body: body(119) })).toEqual([]);
    expect(filled('push', { ...push, body: body(120) })).toMatchObject([
      { part: 'body', message: expect.stringContaining('has 120 characters') },
    ]);
  });

  test('keeps the limits of every channel, and names the part to shorten', () => {
    const long = 'x'.repeat(5000);
    expect(filled('whatsapp', { text: long })).toMatchObject([{ part: 'text' }]);
    expect(filled('email', { subject: long, html: '' })).toMatchObject([{ part: 'subject' }]);
    expect(filled('push', { ...push, title: long })).toMatchObject([{ part: 'body' }]);
  });
});

test('every variable is explained in both languages, with an example', () => {
  expect(Object.keys(variableGuide)).toEqual([...variableNames]);
  for (const words of Object.values(variableGuide)) {
    for (const text of Object.values(words)) expect(text).not.toBe('');
  }
});
