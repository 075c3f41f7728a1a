import type { CompiledTemplate } from './template-engine.js';

/** The parsed text of template versions, which never change. */
export abstract class TemplateLibrary {
  /** Throws when there is no such version. */
  abstract compiled(templateVersionId: string): Promise<CompiledTemplate>;
}
