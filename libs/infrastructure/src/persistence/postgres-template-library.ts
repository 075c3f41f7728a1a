import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { CompiledTemplate, TemplateEngine } from '#domain/ports/template-engine.js';
import { TemplateLibrary } from '#domain/ports/template-library.js';
import { type Parts, partsByChannel } from '#domain/templates/template.js';

/** Versions kept parsed; the seed has 130 in use, so a workshop's own fit in too. */
const maximumKept = 500;

/** Reads template versions once and keeps the parsed text: a version never changes. */
export class PostgresTemplateLibrary extends TemplateLibrary {
  private readonly kept = new Map<string, Promise<CompiledTemplate>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: TemplateEngine,
  ) {
    super();
  }

  compiled(templateVersionId: string): Promise<CompiledTemplate> {
    const known = this.kept.get(templateVersionId);
    if (known) return known;
    const loading = this.load(templateVersionId);
    this.kept.set(templateVersionId, loading);
    loading.catch(() => this.kept.delete(templateVersionId));
    if (this.kept.size > maximumKept) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    return loading;
  }

  private async load(id: string): Promise<CompiledTemplate> {
    const [row] = await this.dataSource.query<{ channel: Channel; published: Parts }[]>(
      'SELECT channel, published FROM template_version WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`there is no template version ${id}`);
    return this.engine.compile(row.published, partsByChannel[row.channel]);
  }
}
