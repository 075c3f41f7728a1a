import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { seedTemplates } from '#migrations/seed/templates/seed-templates.js';
import { htmlFaults } from './html-faults.js';

const whysOf = (html: string) => htmlFaults('html', html).map(({ message }) => message);

/** From OWASP's and PortSwigger's cheat sheets, html5sec.org, and what is particular to Liquid. */
const attacks: [what: string, html: string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script in capitals', '<ScRiPt src=//evil.example/x.js></sCrIpT>'],
  ['a script inside another', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
  ['an event handler', '<p onclick="alert(1)">x</p>'],
  ['a handler of an image that fails', '<img src="x" onerror="alert(1)">'],
  ['a handler after a slash', '<img/src="https://x.example/"/onerror=alert(1)>'],
  ['a handler split by a line break', '<p on\nclick="alert(1)">x</p>'],
  ['a tag without its end', '<img src="https://x.example/" onerror=alert(1) '],
  ['the page body again', '<body onload=alert(1)>'],
  ['the html element', '<html onmouseover="alert(1)">'],
  ['a drawing', '<svg onload=alert(1)></svg>'],
  ['a drawing with a script', '<svg><script>alert(1)</script></svg>'],
  ['mathematics', '<math><mi xlink:href="javascript:alert(1)">x</mi></math>'],
  ['a javascript link', '<a href="javascript:alert(1)">x</a>'],
  ['a javascript link in capitals', '<a href="JaVaScRiPt:alert(1)">x</a>'],
  ['one with a tab', '<a href="jav\tascript:alert(1)">x</a>'],
  ['one with an entity', '<a href="jav&#x09;ascript&colon;alert(1)">x</a>'],
  ['one of entities', '<a href="&#106;&#97;&#118;&#97;script:alert(1)">x</a>'],
  ['one after a control character', '<a href="\u0001javascript:alert(1)">x</a>'],
  ['a data link', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
  ['a vbscript link', '<a href="vbscript:msgbox(1)">x</a>'],
  ['a link without a scheme', '<a href="//evil.example/">x</a>'],
  ['a link to this page', '<a href="/x">x</a>'],
  ['an image of data', '<img src="data:image/svg+xml;base64,PHN2Zz4=">'],
  ['a frame', '<iframe src="https://evil.example/"></iframe>'],
  ['a frame of its own text', '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>'],
  ['a tag inside a value', '<p title="</p><script>alert(1)</script>">x</p>'],
  ['a form', '<form action="https://evil.example/"><input name="x"></form>'],
  ['a button that sends', '<button formaction="javascript:alert(1)">x</button>'],
  ['an object', '<object data="x.swf"></object>'],
  ['an embedded thing', '<embed src="x.swf">'],
  ['another base of links', '<base href="https://evil.example/">'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'],
  ['a style sheet', '<link rel="stylesheet" href="https://evil.example/x.css">'],
  ['a style element', '<style>@import "https://evil.example/x.css";</style>'],
  ['a style that fetches', '<p style="background-color: url(https://evil.example/)">x</p>'],
  ['a style that runs', '<p style="width: expression(alert(1))">x</p>'],
  ['a style with a hidden name', '<p style="wi\\64th: 1px">x</p>'],
  ['a style that covers the page', '<div style="position: fixed; top: 0">x</div>'],
  ['a title that swallows', '<title><p title="</title><img src=x onerror=alert(1)>">'],
  ['a text area that swallows', '<textarea></textarea><p>x</p>'],
  ['noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
  ['a template', '<template><p>x</p></template>'],
  ['a comment', '<!-- x -->'],
  ['a condition of Outlook', '<!--[if mso]><script>alert(1)</script><![endif]-->'],
  ['a comment that is none', '<!><p>x</p>'],
  ['a processing instruction', '<?xml-stylesheet href="javascript:alert(1)"?>'],
  ['CDATA', '<![CDATA[<script>alert(1)</script>]]>'],
  ['an attribute twice', '<a href="https://x.example/" href="javascript:alert(1)">x</a>'],
  ['a link that a variable begins', '<a href="{{Nombre}}">x</a>'],
  ['a host that a variable names', '<a href="https://{{Nombre}}/">x</a>'],
  ['a host that a variable goes on', '<a href="https://x.example{{Nombre}}">x</a>'],
  ['a value without quotes', '<a href=https://x.example/{{Nombre}}>x</a>'],
  ['a variable in the place of attributes', '<p {{Nombre}}>x</p>'],
  ['a variable as an element', '<{{Nombre}}>x</{{Nombre}}>'],
  ['a variable in a style', '<p style="color: {{Nombre}}">x</p>'],
  ['a bracket that a condition parts', '<{% if Nombre %}script>alert(1)</script>{% endif %}'],
  ['a condition inside a tag', '<p {% if Nombre %}class="a"{% endif %}>x</p>'],
  [
    'quotes that a condition parts',
    '<p title="{% if Nombre %}" onclick="alert(1){% endif %}">x</p>',
  ],
  [
    'a comment of Liquid that hides a quote',
    '<p title="{% comment %}" lang="{% endcomment %}">x</p>',
  ],
  ['an end that breaks the layout', '</div></td></tr></table>'],
  ['an element left open', '<div><p>x</p>'],
  ['nesting that readers fail at', '<b>'.repeat(5000) + '</b>'.repeat(5000)],
];

describe('what must not be sent is refused', () => {
  test.each(attacks)('%s', (_, html) => {
    expect(htmlFaults('html', html).length).toBeGreaterThan(0);
  });

  test.each(attacks)('%s, among what is allowed', (_, html) => {
    const around = `<h1>Hola {{Nombre}}</h1>\n${html}\n<p>x</p>`;
    const [fault] = htmlFaults('html', around);
    expect(fault?.line).toBeGreaterThanOrEqual(2);
  });
});

describe('a refusal', () => {
  test('tells line and column, in the text as it was written', () => {
    const html = '<p>{{ Vehículo }}</p>\n<p>{% if Orden %}<b onclick="x">x</b>{% endif %}</p>';
    expect(htmlFaults('html', html)).toMatchObject([
      { part: 'html', line: 2, column: 21, message: 'onclick is not allowed on <b>' },
    ]);
  });

  test('counts columns alike where accents are code points of their own', () => {
    const [fault] = htmlFaults('html', '<p>Vehículo <hr onclick="x"></p>'.normalize('NFD'));
    expect(fault?.column).toBe(17);
  });

  test('tells what to write instead', () => {
    expect(whysOf('<p>3 < 4</p>')).toEqual(['write &lt; for a "<" that begins no tag']);
    expect(whysOf('<p><b>x</p>')[0]).toBe('</p> closes nothing; </b> must come first');
    expect(whysOf('<a href="citas">x</a>')[0]).toContain('https://, http://, mailto: or tel:');
    expect(whysOf('<p align=left>x</p>')).toEqual(['the value of align must stand in quotes']);
  });

  test('ends after twenty faults', () => {
    expect(htmlFaults('html', '<script></script>'.repeat(500))).toHaveLength(20);
  });
});

describe('what people write is let through', () => {
  test.each([
    [
      'a table with styles',
      '<table border="0" style="border-collapse: collapse; color: #1f2933"><tr><td colspan="2" style="padding:8px 0;background-color:rgb(1, 2, 3)">x</td></tr></table>',
    ],
    [
      'links with variables in their path',
      '<a href=\'https://app.example.com/v/{{Placa}}?o={{Orden}}\' target="_blank">x</a>',
    ],
    [
      'mail and telephone',
      '<a href="mailto:taller@example.com">x</a> <a href="tel:+59322000000">x</a>',
    ],
    ['an image', '<img src="https://cdn.example.com/logo.png" alt="{{Taller}}" width="120" />'],
    [
      'conditions around tags',
      '{% if Orden %}<tr><td>{{Orden}}</td></tr>{% else %}<tr><td>-</td></tr>{% endif %}',
    ],
    ['a comment of Liquid', '{% comment %}<p>nota</p>{% endcomment %}<p>x</p>'],
    [
      'characters that mean themselves',
      '<p>García & Hijos, 100 % &copy 2026 &nbsp; 5 > 4 "x" {{Nombre}}</p>',
    ],
    ['text alone', 'Hola'],
    ['nothing', ''],
  ])('%s', (_, html) => {
    expect(whysOf(html)).toEqual([]);
  });

  test('every e-mail of the seed', () => {
    for (const { source } of seedTemplates) expect(whysOf(source.html ?? '')).toEqual([]);
  });
});

test('whatever is let through has no tag beyond those allowed, in any branch', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<br>',
    '<',
    '>',
    '/',
    'script',
    ' onload=',
    '"',
    "'",
    '=',
    ' ',
    '<a href="https://x.example/',
    '">',
    '</a>',
    '{{Nombre}}',
    '<!--',
    '-->',
    '&lt;',
    'x',
    '{% if Orden %}',
    '{% else %}',
    '{% endif %}',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const html = pieces.join('');
      const opened = pieces.filter((text) => text === '{% if Orden %}').length;
      const closed = pieces.filter((text) => text === '{% endif %}').length;
      fc.pre(opened === closed && htmlFaults('html', html).length === 0);
      for (const branch of [html, html.replace(/\{% if .*?\{% (?:else|endif) %\}/gs, '')]) {
        const rendered = branch.replace(/\{%.*?%\}/gs, '').replaceAll('{{Nombre}}', 'a onload=x b');
        for (const [tag] of rendered.matchAll(/<[^>]*>?/g)) {
          expect(tag).toMatch(/^<(?:\/?(?:p|b|a)|br|a href="https:\/\/x\.example\/[^"]*")>$/);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
