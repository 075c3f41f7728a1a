import type { Escaping, Parts } from '../templates/template.js';

/** Where a template's text does not parse, or cannot be rendered. Lines and columns count from 1. */
export class TemplateFault extends Error {
  constructor(
    message: string,
    readonly part: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

/** A place where a part names a variable. Lines and columns count from 1. */
export interface VariableUse {
  name: string;
  part: string;
  line: number;
  column: number;
}

/** One template's parts, parsed once and rendered many times. */
export interface CompiledTemplate {
  /**
   * Names of the variables that must have a value, as written, in order of first use. One that
   * only an `{% if %}` names may be absent.
   */
  readonly variables: readonly string[];
  /** Every place that names a variable, those of `{% if %}` included, in order. */
  uses(): VariableUse[];
  /** Names of the parts that come out with nothing to see for some values. */
  blankable(): string[];
  /**
   * Fills the parts. Every name of `variables` must be among `values`; values are never parsed
   * again. Throws {@link TemplateFault} past the engine's limits of work and memory.
   */
  render(values: Readonly<Record<string, string>>): Parts;
}

/** Parses templates with `{{Variable}}` holes. The rules around it are the domain's. */
export abstract class TemplateEngine {
  /** Throws {@link TemplateFault} where a part does not parse. */
  abstract compile(
    parts: Readonly<Parts>,
    escaping: Readonly<Record<string, Escaping>>,
  ): CompiledTemplate;
}
