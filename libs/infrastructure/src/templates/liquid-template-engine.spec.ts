import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TemplateFault } from '#domain/ports/template-engine.js';
import type { Escaping } from '#domain/templates/template.js';
import { LiquidTemplateEngine } from './liquid-template-engine.js';

const engine = new LiquidTemplateEngine();

function compile(source: string, escaping: Escaping = 'text') {
  return engine.compile({ part: source }, { part: escaping });
}

function render(source: string, values: Record<string, string>, escaping: Escaping = 'text') {
  return compile(source, escaping).render(values).part;
}

function faultOf(work: () => unknown): TemplateFault {
  try {
    work();
  } catch (error) {
    if (error instanceof TemplateFault) return error;
    throw error;
  }
  throw new Error('no fault was thrown');
}

describe('variables', () => {
  test('are filled by their names, accents and capitals included', () => {
    const values = { Nombre: 'Carlos Mendoza', Vehículo: 'Haval H6 2024', Técnico: 'Juan Pérez' };
    expect(render('{{Nombre}}: {{ Vehículo }} – {{Técnico}}', values)).toBe(
      'Carlos Mendoza: Haval H6 2024 – Juan Pérez',
    );
  });

  test('are recognised where a template writes its accents as separate code points', () => {
    const decomposed = 'Su {{Vehículo}} con {{Técnico}}'.normalize('NFD');
    const template = compile(decomposed);
    expect(template.variables).toEqual(['Vehículo', 'Técnico']);
    const filled = template.render({ Vehículo: 'MG ZS', Técnico: 'Ana' });
    expect(filled).toEqual({ part: 'Su MG ZS con Ana' });
  });

  test('are listed over all parts once, in order of first use', () => {
    const template = engine.compile(
      { subject: '{{Fase}} de {{Placa}}', text: '{{Nombre}} {{Placa}} {{Fase}}' },
      { subject: 'line', text: 'text' },
    );
    expect(template.variables).toEqual(['Fase', 'Placa', 'Nombre']);
  });

  test('are told with part, line and column, each place and those of conditions included', () => {
    const parts = {
      subject: 'Su {{ Vehículo }}',
      text: 'Hola\n{% if Orden %}{{Orden}}\n {%- elsif Nombre -%}{{Tel}}{% else %}{{Hora}}{% endif %}',
    };
    expect(engine.compile(parts, { subject: 'line', text: 'text' }).uses()).toEqual([
      { name: 'Vehículo', part: 'subject', line: 1, column: 7 },
      { name: 'Orden', part: 'text', line: 2, column: 7 },
      { name: 'Orden', part: 'text', line: 2, column: 17 },
      { name: 'Nombre', part: 'text', line: 3, column: 12 },
      { name: 'Tel', part: 'text', line: 3, column: 24 },
      { name: 'Hora', part: 'text', line: 3, column: 41 },
    ]);
  });

  test('with the name of a prototype member are variables like any other', () => {
    expect(compile('{{constructor}}').variables).toEqual(['constructor']);
    expect(faultOf(() => render('{{constructor}}', {})).message).toContain('constructor');
    expect(render('{{__proto__}}', JSON.parse('{"__proto__":"x"}'))).toBe('x');
  });

  test('without a value are a fault that names part, line and column', () => {
    const fault = faultOf(() => render('Hola\n  {{Nombre}}', {}));
    expect(fault).toMatchObject({ part: 'part', line: 2, column: 5 });
    expect(fault.message).toContain('Nombre');
  });
});

describe('optional text', () => {
  const template = compile('{{Placa}}{% if Orden %} (orden {{Orden}}){% else %}.{% endif %}');

  test('does not make its variable a required one', () => {
    expect(template.variables).toEqual(['Placa']);
  });

  test('appears with a value, and not without one or with an empty one', () => {
    const { render } = template;
    expect(render({ Placa: 'ABC123', Orden: 'OT-1' }).part).toBe('ABC123 (orden OT-1)');
    expect(render({ Placa: 'ABC123' }).part).toBe('ABC123.');
    expect(render({ Placa: 'ABC123', Orden: '' }).part).toBe('ABC123.');
  });

  test('requires the variables that its own condition does not guard', () => {
    const names = (source: string) => compile(source).variables;
    expect(names('{% if Orden %}{{Técnico}}{% endif %}')).toEqual(['Técnico']);
    expect(names('{% if Orden %}{% else %}{{Orden}}{% endif %}')).toEqual(['Orden']);
    expect(names('{% if Orden %}{{Orden}}{% endif %} {{Orden}}')).toEqual(['Orden']);
    expect(names('{% if Orden %}{% if Hora %}{{Orden}} {{Hora}}{% endif %}{% endif %}')).toEqual(
      [],
    );
  });

  test('in one part does not free another part from the variable', () => {
    const parts = { subject: '{{Orden}}', text: '{% if Orden %}{{Orden}}{% endif %}' };
    expect(engine.compile(parts, { subject: 'line', text: 'text' }).variables).toEqual(['Orden']);
  });
});

describe('what is refused', () => {
  test.each([
    ['an output that is not closed', 'Hola\n {{Nombre', 2, 2],
    ['a condition that is not closed', 'Hola {% if Orden %}', 1, 6],
    ['an empty output', '{{}}', 1, 3],
    ['a filter', '{{Nombre | upcase}}', 1, 1],
    ['the filter that would switch escaping off', '{{Nombre | raw}}', 1, 1],
    ['a property', 'a {{Nombre.length}}', 1, 3],
    ['an index', '{{Nombre[0]}}', 1, 1],
    ['a literal', '{{"hola"}}', 1, 1],
    ['a comparison', '{% if Orden == "1" %}{% endif %}', 1, 1],
    ['a loop', '\n{% for x in (1..9) %}{% endfor %}', 2, 1],
    ['an include', "{% include '../../package.json' %}", 1, 1],
    ['a partial', "{% render 'x' %}", 1, 1],
    ['a layout', "{% layout 'x' %}", 1, 1],
    ['an assignment', '{% assign Nombre = "x" %}', 1, 1],
    ['a tag of liquid lines', '{% liquid echo Nombre %}', 1, 1],
    ['raw text', '{% raw %}{{x}}{% endraw %}', 1, 1],
    ['a tag named like a prototype member', '{% constructor %}', 1, 1],
    ['a filter named like a prototype member', '{{Nombre | constructor}}', 1, 1],
  ])('%s, at its line and column', (_, source, line, column) => {
    const fault = faultOf(() => compile(source, 'html'));
    expect(fault).toMatchObject({ part: 'part', line, column });
  });

  test('a part that the channel does not have', () => {
    const fault = faultOf(() => engine.compile({ toString: 'x' }, { text: 'text' }));
    expect(fault).toMatchObject({ part: 'toString' });
  });

  test('a text past the limit', () => {
    expect(faultOf(() => compile('x'.repeat(200_001))).message).toContain('limit');
  });
});

describe('values', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 200 });
  const hostile = fc.oneof(
    anyText,
    fc
      .array(fc.constantFrom('{{Placa}}', '{% if', '%}', '<script>', '"', "'", '&', '\r\n', '$&'))
      .map((pieces) => pieces.join('')),
  );

  test('of a text part come out as they are, once, and are never parsed again', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(render('[{{Nombre}}]', { Nombre: value, Placa: 'x' })).toBe(`[${value}]`);
      }),
    );
  });

  test('of an HTML part hold no character that starts a tag, ends an attribute or an entity', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const rendered = render('<p>{{Nombre}}</p>', { Nombre: value }, 'html') ?? '';
        const inner = rendered.slice('<p>'.length, -'</p>'.length);
        expect(inner).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|#34|#39);)/);
        expect(withoutEntities(inner)).toBe(value);
      }),
    );
  });

  test('of a line never bring a line break or a control character', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const subject = render('{{Nombre}} – {{Fase}}\r\n', { Nombre: a, Fase: b }, 'line');
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
    const injected = 'Carlos\r\nBcc: otra@example.com';
    expect(render('Hola {{Nombre}}', { Nombre: injected }, 'line')).toBe(
      'Hola Carlos Bcc: otra@example.com',
    );
  });

  test('of a link stay inside their segment, whatever they hold', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const url = render('/vehiculos/{{Placa}}/estado', { Placa: value }, 'url') ?? '';
        expect(url).toMatch(/^\/vehiculos\/[\w.!~*'()%-]*\/estado$/);
      }),
    );
  });
});

function withoutEntities(html: string): string {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&#34;': '"',
    '&#39;': "'",
  };
  return html.replace(/&(?:amp|lt|gt|#34|#39);/g, (entity) => entities[entity] ?? entity);
}

describe('a part without an if', () => {
  test('is joined from its pieces exactly as LiquidJS renders it', () => {
    const text = fc.constantFrom(
      '',
      ' ',
      'Hola\n',
      '<b>',
      '{{Nombre}}',
      '{{ Placa -}}',
      '{{-Fase}}',
    );
    const anyValue = fc.string({ unit: 'binary', maxLength: 40 });
    const kinds = fc.constantFrom<Escaping>('html', 'text', 'line', 'url');
    fc.assert(
      fc.property(fc.array(text), anyValue, kinds, (texts, value, kind) => {
        const source = texts.join('');
        const values = { Nombre: value, Placa: value, Fase: value };
        // A comment renders to nothing, but keeps the part from being taken apart.
        const byLiquid = render(`${source}{% comment %}{% endcomment %}`, values, kind);
        expect(render(source, values, kind)).toBe(byLiquid);
      }),
    );
  });
});
