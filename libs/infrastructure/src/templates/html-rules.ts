/** Stands for a character of a `{% tag %}`, and of a `{{Variable}}`, where HTML is judged. */
export const tagMark = '\uE000';
export const variableMark = '\uE001';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Nothing of these runs, sends or frames anything; what is not here is refused. */
export const allowedElements = words(
  'a abbr b blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 ' +
    'h4 h5 h6 hr i img ins li mark ol p q s small span strong sub sup table tbody td tfoot th ' +
    'thead tr u ul',
);

/** Elements that have no end tag (HTML standard, section 13.1.2). */
export const voidElements = words('br col hr img');

const everywhere = words('align bgcolor class dir height lang role style title valign width');
const particular: Readonly<Record<string, ReadonlySet<string>>> = {
  a: words('href rel target'),
  col: words('span'),
  colgroup: words('span'),
  font: words('color face size'),
  img: words('alt border src'),
  ol: words('start type'),
  table: words('border cellpadding cellspacing summary'),
  td: words('colspan headers rowspan'),
  th: words('colspan headers rowspan scope'),
};

/**
 * Why an attribute is refused, or undefined. Its value has the marks in place of what Liquid will
 * put there: escaped for HTML, but a whole link or a style must not come from a value.
 */
export function attributeFault(element: string, name: string, value: string): string | undefined {
  if (name.includes(tagMark) || value.includes(tagMark)) {
    return `a condition may not stand inside a tag, as it does in <${element}>`;
  }
  if (name.includes(variableMark)) return `a variable may not name an attribute of <${element}>`;
  if (!everywhere.has(name) && !particular[element]?.has(name)) {
    return `${name} is not allowed on <${element}>`;
  }
  // Readers that look for tags with less care than a browser would find one there.
  if (/[<>]/.test(value)) return `${name} may not hold "<" or ">"`;
  if (name === 'href') return linkFault(value, /^(?:mailto|tel):[^\s\uE001]+$/i);
  if (name === 'src') return linkFault(value, undefined);
  if (name === 'style') return styleFault(value);
  return undefined;
}

/** Letters, digits, dots and hyphens, in any script; no variable, so that a value leads nowhere. */
const webAddress = /^https?:\/\/[\p{L}\p{N}.-]+(?::\d{1,5})?(?:[/?#][^\s\\]*)?$/iu;

function linkFault(link: string, others: RegExp | undefined): string | undefined {
  if (webAddress.test(link) || others?.test(link)) return undefined;
  const shown = link.replace(/[\uE000\uE001]+/g, '…').slice(0, 60);
  const beginnings = others ? 'https://, http://, mailto: or tel:' : 'https:// or http://';
  return `the link "${shown}" must begin with ${beginnings}, with no spaces, and variables only after the host`;
}

const styleProperties = words(
  'background-color border border-bottom border-collapse border-color border-left border-radius ' +
    'border-right border-spacing border-style border-top border-width color display font-family ' +
    'font-size font-style font-weight height letter-spacing line-height list-style-type margin ' +
    'margin-bottom margin-left margin-right margin-top max-width min-width padding ' +
    'padding-bottom padding-left padding-right padding-top text-align text-decoration ' +
    'text-transform vertical-align width word-break',
);
// No backslash, no slash and no function but a colour's: nothing is hidden, nothing is fetched.
const styleValue = /^(?:[\w#%.,!\s'-]|rgba?\([\d\s.,%]+\))+$/i;

function styleFault(style: string): string | undefined {
  for (const declaration of style.split(';')) {
    if (declaration.trim() === '') continue;
    const [property = '', ...rest] = declaration.split(':');
    const name = property.trim().toLowerCase();
    if (!styleProperties.has(name)) return `the style "${shownStyle(name)}" is not allowed`;
    if (!styleValue.test(rest.join(':')))
      return `the style "${name}" has a value that is not allowed`;
  }
  return undefined;
}

function shownStyle(name: string): string {
  return name.replace(/[\uE000\uE001]+/g, '…').slice(0, 40);
}
