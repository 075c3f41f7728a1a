import {
  CommentTag,
  IfTag,
  Output,
  type Template,
  type Token,
  TypeGuards,
  type Value,
} from 'liquidjs';

/** The names that a part uses, each list in order of first use. */
export interface NamesUsed {
  /** Must have a value. */
  required: Set<string>;
  /** May be absent: named by an `{% if %}`, and used nowhere but under it. */
  optional: Set<string>;
  /** Every place, in order, with the word that names the variable. */
  uses: { name: string; token: Token }[];
}

/** A form that LiquidJS parses and that we do not want, with its place. */
export class ForbiddenForm extends Error {
  constructor(
    message: string,
    readonly token: Token,
  ) {
    super(message);
  }
}

/**
 * Walks a parsed part and collects its variables. Two forms are allowed: `{{Variable}}`, and
 * `{% if Variable %}…{% elsif Variable %}…{% else %}…{% endif %}`. Filters, comparisons, literals
 * and property access throw {@link ForbiddenForm}.
 */
export function namesUsedIn(templates: readonly Template[]): NamesUsed {
  const names: NamesUsed = { required: new Set(), optional: new Set(), uses: [] };
  collect(templates, new Set(), names);
  for (const name of names.required) names.optional.delete(name);
  return names;
}

function collect(templates: readonly Template[], guarded: ReadonlySet<string>, names: NamesUsed) {
  for (const template of templates) {
    if (template instanceof Output) {
      const use = variableOf(template.value, template.token);
      (guarded.has(use.name) ? names.optional : names.required).add(use.name);
      names.uses.push(use);
    } else if (template instanceof IfTag) {
      for (const branch of template.branches) {
        const use = variableOf(branch.value, template.token);
        names.optional.add(use.name);
        names.uses.push(use);
        collect(branch.templates, new Set([...guarded, use.name]), names);
      }
      collect(template.elseTemplates ?? [], guarded, names);
    } else if (!TypeGuards.isHTMLToken(template.token) && !(template instanceof CommentTag)) {
      throw new ForbiddenForm(`${template.token.getText()} is not allowed`, template.token);
    }
  }
}

// Filters need no look here: the engine knows none, so that a named one does not parse.
/** The one variable that a value names, and where; throws {@link ForbiddenForm} for anything else. */
export function variableOf(value: Value, whole: Token): { name: string; token: Token } {
  const [token, ...others] = value.initial.postfix;
  if (token && others.length === 0 && TypeGuards.isPropertyAccessToken(token)) {
    const [name, ...properties] = token.props;
    const plain = token.variable === undefined && properties.length === 0;
    if (plain && TypeGuards.isWordToken(name)) return { name: name.content, token: name };
  }
  throw new ForbiddenForm(`${whole.getText()} must name one variable and nothing else`, whole);
}
