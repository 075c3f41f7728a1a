import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Parts } from '#domain/templates/template.js';
import { seedId } from '#migrations/seed/seed-id.js';
import { seedTemplates } from '#migrations/seed/templates/seed-templates.js';
import { nameOf } from '#migrations/seed/templates/template-name.js';
import type { SeedTemplate } from '#migrations/seed/templates/template-text.js';
import { publishParts } from '../../templates/publish-template.js';
import type { CatalogIds } from './write-catalog.js';

/**
 * Writes the global templates; answers how many rows are new. A template is known by what it is
 * for (channel, target, phase, service type, event type), not by its id: one that staff moved
 * elsewhere is theirs.
 *
 * A place that was filled once is not filled again: whoever deleted or moved what stood there
 * meant it, and an installation that seeds at every start would bring it back. Versions outlive
 * their template, so those under the seed's own id tell that it was there. With `force` the place
 * is filled again, under the same id where that is free, after the versions that it had.
 */
export async function writeTemplates(
  manager: EntityManager,
  ids: CatalogIds,
  force: boolean,
): Promise<number> {
  const existing = await readGlobalTemplates(manager);
  const known = await readKnownTemplates(manager);
  const missing: NewVersion[] = [];
  const changed: NewVersion[] = [];
  for (const template of seedTemplates) {
    const present = existing.get(placeOf(template, ids));
    const own = known.get(ownIdOf(template));
    if ((present || own) && !force) continue;
    const published = await publishParts(template.channel, template.source);
    const id = uuidv7();
    if (!present) missing.push({ id, template, published, ...nextIn(template, own) });
    else if (!present.isActive || isOther(present, template, published)) {
      const version = (known.get(present.id)?.lastVersion ?? 0) + 1;
      changed.push({ id, templateId: present.id, version, template, published });
    }
  }
  await insertTemplates(manager, ids, missing);
  await insertVersions(manager, [...missing, ...changed]);
  await pointAtVersions(manager, changed);
  return 2 * missing.length + changed.length;
}

/** The same in every installation. */
function ownIdOf({ channel, target, phase, serviceType, eventType }: SeedTemplate): string {
  return seedId('template', [channel, target, phase, serviceType, eventType ?? '*'].join('/'));
}

/** The row of an empty place: the one that stood there, unless it stands elsewhere now. */
function nextIn(
  template: SeedTemplate,
  own: KnownTemplate | undefined,
): { templateId: string; version: number } {
  if (own?.exists) return { templateId: uuidv7(), version: 1 };
  return { templateId: ownIdOf(template), version: (own?.lastVersion ?? 0) + 1 };
}

function isOther(present: PresentTemplate, { source }: SeedTemplate, published: Parts): boolean {
  return (
    !isDeepStrictEqual(source, present.source) || !isDeepStrictEqual(published, present.published)
  );
}

interface NewVersion {
  id: string;
  templateId: string;
  version: number;
  template: SeedTemplate;
  published: Parts;
}

interface PresentTemplate {
  place: string;
  id: string;
  isActive: boolean;
  source: Parts;
  published: Parts;
}

function placeOf(template: SeedTemplate, ids: CatalogIds): string {
  const { channel, target, phase, serviceType, eventType } = template;
  return JSON.stringify([
    channel,
    target,
    ids.phase(phase),
    ids.serviceType(serviceType),
    eventType,
  ]);
}

async function readGlobalTemplates(manager: EntityManager): Promise<Map<string, PresentTemplate>> {
  const rows: (Omit<PresentTemplate, 'place'> & { place: unknown })[] = await manager.query(
    `SELECT jsonb_build_array(t.channel, t.target, t.phase_id, t.service_type_id, t.event_type)
         AS place,
       t.id, t.is_active AS "isActive", v.source, v.published
     FROM template t JOIN template_version v ON v.id = t.current_version_id
     WHERE t.taller_id IS NULL AND t.subtype_id IS NULL`,
  );
  return new Map(
    rows.map((row) => {
      const place = JSON.stringify(row.place);
      return [place, { ...row, place }];
    }),
  );
}

interface KnownTemplate {
  id: string;
  lastVersion: number;
  /** False for one that was deleted. */
  exists: boolean;
}

/** Every template that is there or was, by its id. */
async function readKnownTemplates(manager: EntityManager): Promise<Map<string, KnownTemplate>> {
  const rows: KnownTemplate[] = await manager.query(
    `SELECT v.template_id AS id, max(v.version) AS "lastVersion",
       EXISTS (SELECT FROM template t WHERE t.id = v.template_id) AS exists
     FROM template_version v GROUP BY v.template_id`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function insertTemplates(
  manager: EntityManager,
  ids: CatalogIds,
  versions: readonly NewVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(({ id, templateId, template }) => ({
    id: templateId,
    name: nameOf(template),
    channel: template.channel,
    target: template.target,
    phase_id: ids.phase(template.phase),
    service_type_id: ids.serviceType(template.serviceType),
    event_type: template.eventType,
    current_version_id: id,
  }));
  await manager.query(
    `INSERT INTO template
       (id, name, channel, target, phase_id, service_type_id, event_type, current_version_id)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS row
       (id uuid, name text, channel text, target text, phase_id uuid, service_type_id uuid,
        event_type text, current_version_id uuid)`,
    [JSON.stringify(rows)],
  );
}

async function insertVersions(
  manager: EntityManager,
  versions: readonly NewVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(({ id, templateId, version, template, published }) => ({
    id,
    template_id: templateId,
    channel: template.channel,
    version,
    source: template.source,
    published,
  }));
  await manager.query(
    `INSERT INTO template_version (id, template_id, channel, version, source, published)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS row
       (id uuid, template_id uuid, channel text, version integer, source jsonb, published jsonb)`,
    [JSON.stringify(rows)],
  );
}

async function pointAtVersions(
  manager: EntityManager,
  versions: readonly NewVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(({ id, templateId, template }) => ({
    id,
    template_id: templateId,
    name: nameOf(template),
  }));
  await manager.query(
    `UPDATE template
     SET current_version_id = row.id, name = row.name, is_active = true, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, template_id uuid, name text)
     WHERE template.id = row.template_id`,
    [JSON.stringify(rows)],
  );
}
