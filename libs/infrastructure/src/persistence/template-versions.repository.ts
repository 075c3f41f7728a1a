import type { DataSource, EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { Parts } from '#domain/templates/template.js';
import { anywhere, type PageOfRows, type PageWindow } from './find-page.js';
import { isInText } from './templates.repository.js';

/** A text that a template has or had. */
export interface TemplateVersionRecord {
  id: string;
  template_id: string;
  version: number;
  channel: Channel;
  source: Parts;
  created_at: Date;
}

/** Reads the versions of templates. Who may see a template may see its versions. */
export class TemplateVersionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first. */
  async page(
    templateId: string,
    search: string | undefined,
    { offset, limit }: PageWindow,
  ): Promise<PageOfRows<TemplateVersionRecord>> {
    const from = `FROM template_version v WHERE v.template_id = $1
      AND ($2::text IS NULL OR ${isInText('$2')})`;
    const parameters = [templateId, search === undefined ? null : anywhere(search)];
    const [[counted], rows] = await Promise.all([
      this.dataSource.query<{ count: number }[]>(`SELECT count(*)::int ${from}`, parameters),
      this.dataSource.query<TemplateVersionRecord[]>(
        `SELECT ${columns} ${from} ORDER BY v.version DESC LIMIT ${limit} OFFSET ${offset}`,
        parameters,
      ),
    ]);
    return { count: counted?.count ?? 0, rows };
  }

  find(templateId: string, version: number): Promise<TemplateVersionRecord | null> {
    return readVersion(this.dataSource.manager, templateId, version);
  }

  /** What a version sends, its variables still open. */
  async published(id: string): Promise<Parts> {
    const [row] = await this.dataSource.query<{ published: Parts }[]>(
      'SELECT published FROM template_version WHERE id = $1',
      [id],
    );
    if (!row) throw new Error(`there is no template version ${id}`);
    return row.published;
  }
}

/** @param manager of the transaction that restores it */
export async function readVersion(
  manager: EntityManager,
  templateId: string,
  version: number,
): Promise<TemplateVersionRecord | null> {
  const [row] = await manager.query<TemplateVersionRecord[]>(
    `SELECT ${columns} FROM template_version v WHERE v.template_id = $1 AND v.version = $2`,
    [templateId, version],
  );
  return row ?? null;
}

/** Adds the next version; the template must be locked, or new. */
export async function addVersion(
  manager: EntityManager,
  version: { id: string; templateId: string; channel: Channel; source: Parts; published: Parts },
): Promise<void> {
  await manager.query(
    `INSERT INTO template_version (id, template_id, channel, version, source, published)
     SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5
     FROM template_version WHERE template_id = $2`,
    [
      version.id,
      version.templateId,
      version.channel,
      JSON.stringify(version.source),
      JSON.stringify(version.published),
    ],
  );
}

const columns = 'v.id, v.template_id, v.version, v.channel, v.source, v.created_at';
