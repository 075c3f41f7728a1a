import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partsByChannel } from '#domain/templates/template.js';
import { LiquidTemplateEngine } from './liquid-template-engine.js';
import { publishParts } from './publish-template.js';

const fragment = `<h1>{{Nombre}}, su {{Vehículo}} llegó</h1>
<p>Lo recibimos en <strong>{{Taller}}</strong> &amp; ya lo cuidamos.</p>
<table>
<tr><th>Placa</th><td>{{Placa}}</td></tr>
{% if Orden %}<tr><th>Orden</th><td>{{Orden}}</td></tr>{% endif %}
</table>
<p>Gracias.</p>`;

const values = {
  Nombre: 'Carlos Mendoza',
  Vehículo: 'Haval H6 2024',
  Placa: 'ABC123',
  Taller: 'Ambacar <Service>',
};

function compile(parts: Record<string, string>) {
  return new LiquidTemplateEngine().compile(parts, partsByChannel.email);
}

describe('a published e-mail', () => {
  test('holds the fragment in a responsive layout, light and dark, lean and with open holes', async () => {
    const { subject, html } = await publishParts('email', { subject: 'Llegó', html: fragment });
    expect(subject).toBe('Llegó');
    expect(html).toContain(fragment);
    expect(html).toMatch(/^\s*<!doctype html>/i);
    expect(html).toContain('name="viewport"');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toContain('fonts.googleapis');
    expect(html?.length).toBeLessThan(12_000);
  });

  test('needs the variables of its fragment and of the layout, and no optional one', async () => {
    const parts = await publishParts('email', { subject: '{{Fase}}', html: fragment });
    expect([...compile(parts).variables].sort()).toEqual(
      ['Fase', 'Nombre', 'Placa', 'Taller', 'Vehículo'].sort(),
    );
  });

  test('has a plain-text twin with the facts on lines of their own', async () => {
    const parts = await publishParts('email', { subject: 'x', html: fragment });
    const { text } = compile(parts).render({ ...values, Orden: 'OT-1' });
    expect(text).toBe(
      [
        'Carlos Mendoza, su Haval H6 2024 llegó',
        '',
        'Lo recibimos en Ambacar <Service> & ya lo cuidamos.',
        '',
        'Placa: ABC123',
        'Orden: OT-1',
        '',
        'Gracias.',
        '',
        'Ambacar <Service>',
        '',
      ].join('\n'),
    );
    expect(compile(parts).render(values).text).toContain('Placa: ABC123\n\nGracias.');
  });

  test('shows values in its layout escaped', async () => {
    const { html } = compile(await publishParts('email', { subject: 'x', html: fragment })).render(
      values,
    );
    expect(html).not.toContain('<Service>');
    expect(html).toContain('Ambacar &lt;Service&gt;');
  });

  test('keeps the plain text that its author wrote', async () => {
    const parts = await publishParts('email', { subject: 'x', html: fragment, text: 'A mano' });
    expect(parts.text).toBe('A mano');
  });

  test('takes any fragment in as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const html = `<p>${text.normalize('NFC')}</p>$&$1`;
        expect((await publishParts('email', { subject: 'x', html })).html).toContain(html);
      }),
    );
  });
});

test('parts of the other channels stay as they are, in NFC', async () => {
  const text = '*{{Vehículo}}* $& _listo_';
  expect(await publishParts('whatsapp', { text: text.normalize('NFD') })).toEqual({ text });
  const push = { title: 'Listo', body: '{{Vehículo}}', url: '/citas' };
  expect(await publishParts('push', push)).toEqual(push);
});
