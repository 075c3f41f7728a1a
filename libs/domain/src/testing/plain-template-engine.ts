import {
  type CompiledTemplate,
  TemplateEngine,
  TemplateFault,
  type VariableUse,
} from '../ports/template-engine.js';
import type { TemplateLibrary } from '../ports/template-library.js';
import type { Parts } from '../templates/template.js';

const hole = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** Fills `{{Variable}}` and knows nothing else: no escaping, no filters, no limits. */
export class PlainTemplateEngine extends TemplateEngine {
  compile(parts: Readonly<Parts>): CompiledTemplate {
    const variables = new Set<string>();
    for (const text of Object.values(parts)) {
      for (const [, name] of text.matchAll(hole)) if (name) variables.add(name);
    }
    return {
      variables: [...variables],
      blankable: () => Object.keys(parts).filter((part) => parts[part]?.trim() === ''),
      uses: () => Object.entries(parts).flatMap(([part, text]) => usesIn(part, text)),
      render: (values) =>
        Object.fromEntries(
          Object.entries(parts).map(([part, text]) => [part, fill(part, text, values)]),
        ),
    };
  }
}

/** Every version has the same text. `fails` is thrown instead where it is set. */
export class OneTextLibrary implements TemplateLibrary {
  fails: Error | undefined;
  private readonly text: CompiledTemplate;

  constructor(parts: Parts) {
    this.text = new PlainTemplateEngine().compile(parts);
  }

  async compiled(): Promise<CompiledTemplate> {
    if (this.fails) throw this.fails;
    return this.text;
  }
}

function usesIn(part: string, text: string): VariableUse[] {
  return [...text.matchAll(hole)].map(({ 1: name = '', index }) => {
    const before = text.slice(0, index).split('\n');
    return { name, part, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  });
}

function fill(part: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(hole, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new TemplateFault(`{{${name}}} has no value`, part);
    return value;
  });
}
