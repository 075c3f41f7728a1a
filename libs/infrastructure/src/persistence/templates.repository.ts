import type { DataSource, EntityManager } from 'typeorm';
import type { Channel, Target } from '#domain/catalog/channels.js';
import type { Parts } from '#domain/templates/template.js';
import { anywhere, type PageOfRows, type PageWindow } from './find-page.js';
import type { TemplateRow } from './schema/template.schema.js';

/** A template with what it is for by name, and the text that is in force. */
export interface TemplateRecord extends Omit<TemplateRow, 'current_version_id'> {
  phase_slug: string;
  service_type_slug: string;
  subtype_slug: string | null;
  taller_slug: string | null;
  version_id: string;
  version: number;
  source: Parts;
}

/** Ids, not slugs. Null: those without one. */
export interface TemplateFilter {
  search?: string;
  channel?: Channel;
  target?: Target;
  serviceTypeId?: string;
  phaseId?: string;
  /** Any of these; a slug is unique among its siblings only. */
  subtypeIds?: readonly string[] | null;
  tallerId?: string | null;
  eventType?: string;
  isActive?: boolean;
}

const orderings = ['name', 'created_at', 'updated_at'] as const;

/** Reads templates. A key that is bound to a workshop sees its own and the global ones. */
export class TemplatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param ordering a column that a list may be ordered by, `-` before it for the last first */
  async page(
    scope: string | null,
    filter: TemplateFilter,
    ordering: string,
    { offset, limit }: PageWindow,
  ): Promise<PageOfRows<TemplateRecord>> {
    const { where, parameters } = conditionsOf(scope, filter);
    const column = orderings.find((name) => ordering.endsWith(name)) ?? 'name';
    const direction = ordering.startsWith('-') ? 'DESC' : 'ASC';
    const [[counted], rows] = await Promise.all([
      this.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM ${tables} ${where}`,
        parameters,
      ),
      this.dataSource.query<TemplateRecord[]>(
        `SELECT ${columns} FROM ${tables} ${where}
         ORDER BY t.${column} ${direction}, t.id ${direction} LIMIT ${limit} OFFSET ${offset}`,
        parameters,
      ),
    ]);
    return { count: counted?.count ?? 0, rows };
  }

  find(scope: string | null, id: string): Promise<TemplateRecord | null> {
    return readTemplate(this.dataSource.manager, scope, id);
  }
}

/** @param manager of a transaction that changed it, to see it as it is there */
export async function readTemplate(
  manager: EntityManager,
  scope: string | null,
  id: string,
): Promise<TemplateRecord | null> {
  const [row] = await manager.query<TemplateRecord[]>(
    `SELECT ${columns} FROM ${tables}
     WHERE t.id = $1 AND ($2::uuid IS NULL OR t.taller_id IS NULL OR t.taller_id = $2)`,
    [id, scope],
  );
  return row ?? null;
}

/**
 * The template as the one who asked first for it leaves it: others wait until the transaction
 * ends.
 */
export async function lockTemplate(
  manager: EntityManager,
  scope: string | null,
  id: string,
): Promise<TemplateRecord | null> {
  await manager.query('SELECT FROM template WHERE id = $1 FOR UPDATE', [id]);
  return readTemplate(manager, scope, id);
}

const columns = `
  t.id, t.name, t.channel, t.target, t.phase_id, t.service_type_id, t.subtype_id, t.taller_id,
  t.event_type, t.is_active, t.created_at, t.updated_at, p.slug AS phase_slug,
  s.slug AS service_type_slug, b.slug AS subtype_slug, w.slug AS taller_slug,
  v.id AS version_id, v.version, v.source`;

const tables = `
  template t
  JOIN template_version v ON v.id = t.current_version_id
  JOIN phase p ON p.id = t.phase_id
  JOIN service_type s ON s.id = t.service_type_id
  LEFT JOIN service_subtype b ON b.id = t.subtype_id
  LEFT JOIN taller w ON w.id = t.taller_id`;

/** Values never become part of the text. */
function conditionsOf(
  scope: string | null,
  filter: TemplateFilter,
): { where: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (value: unknown, condition: (placeholder: string) => string) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  add(scope ?? undefined, (at) => `(t.taller_id IS NULL OR t.taller_id = ${at})`);
  add(filter.channel, (at) => `t.channel = ${at}`);
  add(filter.target, (at) => `t.target = ${at}`);
  add(filter.serviceTypeId, (at) => `t.service_type_id = ${at}`);
  add(filter.phaseId, (at) => `t.phase_id = ${at}`);
  add(filter.tallerId, (at) => `t.taller_id IS NOT DISTINCT FROM ${at}::uuid`);
  add(filter.eventType, (at) => `t.event_type = ${at}`);
  add(filter.isActive, (at) => `t.is_active = ${at}`);
  if (filter.subtypeIds === null) conditions.push('t.subtype_id IS NULL');
  else add(filter.subtypeIds, (at) => `t.subtype_id = ANY(${at}::uuid[])`);
  const text = filter.search === undefined ? undefined : anywhere(filter.search);
  add(text, (at) => `(searchable(t.name) LIKE searchable(${at}) OR ${isInText(at)})`);
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters,
  };
}

/** Whether a part of version `v` has the words. */
export function isInText(placeholder: string): string {
  return `EXISTS (SELECT FROM jsonb_each_text(v.source) part
    WHERE searchable(part.value) LIKE searchable(${placeholder}))`;
}
