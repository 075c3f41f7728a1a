import { Liquid, LiquidError, type Template } from 'liquidjs';
import {
  type CompiledTemplate,
  TemplateEngine,
  TemplateFault,
  type VariableUse,
} from '#domain/ports/template-engine.js';
import type { Escaping, Parts } from '#domain/templates/template.js';
import { ForbiddenForm, type NamesUsed, namesUsedIn } from './allowed-forms.js';
import { canBeBlank } from './can-be-blank.js';
import { type Piece, plainPieces } from './plain-pieces.js';

/**
 * Templates in LiquidJS, cut down to `{{Variable}}` and `{% if Variable %}`.
 *
 * Text of templates is brought to NFC first: a keyboard of macOS may write the `í` of
 * `{{Vehículo}}` as two code points, which would name another variable.
 */
export class LiquidTemplateEngine extends TemplateEngine {
  compile(parts: Readonly<Parts>, escaping: Readonly<Record<string, Escaping>>): CompiledTemplate {
    const compiled = Object.entries(parts).map(([name, source]) => {
      const kind = Object.hasOwn(escaping, name) ? escaping[name] : undefined;
      if (kind === undefined) throw new TemplateFault(`there is no part named ${name}`, name);
      return new CompiledPart(name, source, kind);
    });
    const required = new Set(compiled.flatMap(({ names }) => [...names.required]));
    const optional = new Set(
      compiled.flatMap(({ names }) => [...names.optional]).filter((name) => !required.has(name)),
    );
    return {
      variables: [...required],
      uses: () => compiled.flatMap((part) => part.uses()),
      blankable: () => compiled.filter((part) => part.canBeBlank()).map(({ name }) => name),
      render: (values) => {
        const scope = scopeOf(values, required, optional);
        const rendered: Parts = {};
        for (const part of compiled) rendered[part.name] = part.render(scope);
        return rendered;
      },
    };
  }
}

class CompiledPart {
  readonly names: NamesUsed;
  private readonly template: Template[];
  private readonly pieces: Piece[] | undefined;
  private readonly engine: Liquid;

  constructor(
    readonly name: string,
    source: string,
    private readonly escaping: Escaping,
  ) {
    this.engine = engines[escaping];
    const text = source.normalize('NFC');
    this.template = this.locateFaults(() => this.engine.parse(text));
    this.names = this.locateFaults(() => namesUsedIn(this.template));
    this.pieces = plainPieces(this.template);
  }

  render(scope: Record<string, string>): string {
    const text = this.pieces ? this.join(this.pieces, scope) : this.renderByLiquid(scope);
    return this.escaping === 'line' ? foldToOneLine(text) : text;
  }

  // Counted on from use to use: `getPosition` counts from the text's begin each time, which for
  // the 14,000 uses that fit into 100 KB is a billion steps.
  uses(): VariableUse[] {
    let [line, lineStart, seen] = [1, 0, 0];
    return this.names.uses.map(({ name, token: { input, begin } }) => {
      for (; seen < begin; seen += 1) {
        if (input[seen] === '\n') [line, lineStart] = [line + 1, seen + 1];
      }
      return { name, part: this.name, line, column: begin - lineStart + 1 };
    });
  }

  canBeBlank(): boolean {
    return canBeBlank(this.template, this.escaping);
  }

  private renderByLiquid(scope: Record<string, string>): string {
    return this.locateFaults(() => this.engine.renderSync(this.template, scope));
  }

  private join(pieces: readonly Piece[], scope: Record<string, string>): string {
    const makeSafe = escapes[this.escaping];
    let text = '';
    for (const piece of pieces) {
      const value = 'text' in piece ? piece.text : scope[piece.variable];
      // LiquidJS says where it stands, or that it is too much.
      if (value === undefined || text.length > limits.memoryLimit)
        return this.renderByLiquid(scope);
      text += 'text' in piece ? value : makeSafe(value);
    }
    return text;
  }

  private locateFaults<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw faultOf(error, this.name);
    }
  }
}

/**
 * Limits for text that staff write. Real parts are under 12,000 characters; without loops the
 * work of a render is bound by the text's length, so the time limit only stops the absurd.
 */
const limits = { parseLimit: 200_000, renderLimit: 1000, memoryLimit: 5_000_000 } as const;

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** How a value is made safe for where it stands; text of the template itself is left alone. */
const escapes: Readonly<Record<Escaping, (value: string) => string>> = {
  html: (value) => value.replace(/[&<>"']/g, (character) => htmlEntities[character] ?? ''),
  text: (value) => value,
  line: (value) => value,
  // A lone surrogate has no UTF-8 and would make encodeURIComponent throw.
  url: (value) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD')),
};

const engines: Readonly<Record<Escaping, Liquid>> = {
  html: engineWith(escapes.html),
  text: engineWith(escapes.text),
  line: engineWith(escapes.line),
  url: engineWith(escapes.url),
};

function engineWith(makeSafe: (value: string) => string): Liquid {
  const engine = new Liquid({
    ...limits,
    outputEscape: (value) => makeSafe(String(value)),
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // Absent variables of an `if` are given as empty text, which shall be false.
    jsTruthy: true,
    // Nothing can be looked up: no file, no partial.
    templates: {},
  });
  // A filter named `raw` would switch the escaping off; none is wanted at all.
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name);
  for (const name of Object.keys(engine.tags)) {
    if (name !== 'if' && name !== 'comment') delete engine.tags[name];
  }
  return engine;
}

/** What the templates see: the variables they name and nothing else, without a prototype. */
function scopeOf(
  values: Readonly<Record<string, string>>,
  required: ReadonlySet<string>,
  optional: ReadonlySet<string>,
): Record<string, string> {
  const scope: Record<string, string> = Object.create(null);
  for (const name of required) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) scope[name] = value;
  }
  for (const name of optional) {
    scope[name] = (Object.hasOwn(values, name) ? values[name] : undefined) ?? '';
  }
  return scope;
}

/** A value with a line break would start a new header in a subject (CRLF injection). */
function foldToOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function faultOf(error: unknown, part: string): TemplateFault {
  if (error instanceof ForbiddenForm) {
    const [line, column] = error.token.getPosition();
    return new TemplateFault(error.message, part, line, column);
  }
  if (LiquidError.is(error)) {
    const [line, column] = error.token.getPosition();
    // The error's own message repeats file, line and column; the original says only what is wrong.
    return new TemplateFault(error.originalError?.message ?? error.message, part, line, column);
  }
  return new TemplateFault(error instanceof Error ? error.message : String(error), part);
}
