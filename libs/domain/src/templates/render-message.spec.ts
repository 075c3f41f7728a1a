import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PlainTemplateEngine } from '../testing/plain-template-engine.js';
import { contentLimits, lengthFault, missingVariables, renderContent } from './render-message.js';
import { type Parts, partsByChannel } from './template.js';

const compile = (parts: Parts) => new PlainTemplateEngine().compile(parts);
const house = 'https://app.example.com';

describe('the variables that a template misses', () => {
  test('are those it uses and nobody gave', () => {
    const template = compile({ text: '{{Nombre}} {{Placa}} {{Nombre}} {{Hora}}' });
    expect(missingVariables(template, { Placa: 'ABC123' })).toEqual(['Nombre', 'Hora']);
  });

  test('never count as given because every object has them', () => {
    expect(missingVariables(compile({ text: '{{constructor}}' }), {})).toEqual(['constructor']);
  });
});

describe('a message is rendered for its channel', () => {
  const values = { Nombre: 'Ana', Placa: 'ABC123' };

  test('an e-mail has subject, HTML and plain text', () => {
    const template = compile({ subject: '{{Placa}}', html: '<p>{{Nombre}}</p>', text: 'Hola' });
    expect(renderContent('email', template, values, house)).toEqual({
      channel: 'email',
      subject: 'ABC123',
      html: '<p>Ana</p>',
      text: 'Hola',
    });
  });

  test.each([
    ['/citas/{{Placa}}', 'https://app.example.com/citas/ABC123'],
    ['https://maps.example.com/x', 'https://maps.example.com/x'],
    ['//other.example.com', 'https://app.example.com//other.example.com'],
  ])('the push link %s opens %s', (url, opened) => {
    const template = compile({ title: 't', body: 'b', url });
    expect(renderContent('push', template, values, house)).toMatchObject({ url: opened });
  });

  test('every part of every channel is in its content, a part without text as empty text', () => {
    for (const channel of ['email', 'whatsapp', 'push'] as const) {
      const content = renderContent(channel, compile({}), {}, house);
      expect(Object.keys(content).sort()).toEqual(
        ['channel', ...Object.keys(partsByChannel[channel])].sort(),
      );
    }
  });
});

describe('a message longer than its channel carries is told', () => {
  const email = (length: number) => ({
    channel: 'email' as const,
    subject: 'x'.repeat(length),
    html: '',
    text: '',
  });
  const whatsapp = (length: number) => ({ channel: 'whatsapp' as const, text: 'x'.repeat(length) });

  test.each([
    ['a subject of 500 characters', email(500), undefined],
    ['a subject of 501', email(501), 'the subject has 501 characters, at most 500 can be sent'],
    ['a WhatsApp text of 4,096', whatsapp(4096), undefined],
    [
      'a WhatsApp text of 4,097',
      whatsapp(4097),
      'the text has 4097 characters, at most 4096 can be sent',
    ],
  ])('%s', (_, content, fault) => {
    expect(lengthFault(content)).toBe(fault);
  });

  test('a push by its bytes, not by its characters', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 900 });
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, body, url) => {
        const bytes = new TextEncoder().encode(title + body + url).length;
        const fault = lengthFault({ channel: 'push', title, body, url });
        expect(fault !== undefined).toBe(bytes > contentLimits.pushBytes);
        if (fault) expect(fault).toContain(`have ${bytes} bytes`);
      }),
    );
  });

  test('at the byte, for characters of one to four', () => {
    for (const [wide, bytes] of [
      ['\u007f', 1],
      ['\u0080', 2],
      ['\u07ff', 2],
      ['\u0800', 3],
      ['🚗', 4],
    ] as const) {
      const push = (length: number) => ({
        channel: 'push' as const,
        title: wide,
        body: 'x'.repeat(length),
        url: '',
      });
      expect(lengthFault(push(3000 - bytes))).toBeUndefined();
      expect(lengthFault(push(3001 - bytes))).toContain('have 3001 bytes');
    }
  });
});
