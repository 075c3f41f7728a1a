import type { DataSource } from 'typeorm';
import type { Phase, ServiceType } from '#domain/catalog/catalog.js';
import type { OrchestrationConfig, Setup, Taller } from '#domain/orchestration/setup.js';
import type { CompiledTemplate, TemplateEngine } from '#domain/ports/template-engine.js';
import { type Parts, partsByChannel, type Template } from '#domain/templates/template.js';
import { cellAsJson } from './matrix-cells.js';

/**
 * The configuration of all workshops, kept whole in each process. Every dispatch reads the
 * version number with its own facts; when it moved, the configuration is loaded again.
 */
export class SetupCache {
  private known: Setup | undefined;
  private loading: Promise<Setup> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly engine: TemplateEngine,
  ) {}

  /** The configuration as it is now: one round trip to compare, more only when it changed. */
  async current(): Promise<Setup> {
    const [row] = await this.dataSource.query<{ version: string }[]>(
      'SELECT version FROM configuration_version',
    );
    return this.atVersion(row?.version ?? '0');
  }

  /** The configuration, loaded again unless it has this version or a newer one. */
  async atVersion(version: string): Promise<Setup> {
    if (this.known && isAtLeast(this.known, version)) return this.known;
    const loaded = await this.loadTogether();
    // That load may have begun before the change.
    return isAtLeast(loaded, version) ? loaded : this.loadTogether();
  }

  /** Whoever comes while a load is under way waits for the same one. */
  private loadTogether(): Promise<Setup> {
    this.loading ??= this.load()
      .then((setup) => {
        this.known = setup;
        return setup;
      })
      .finally(() => {
        this.loading = undefined;
      });
    return this.loading;
  }

  private async load(): Promise<Setup> {
    const [row] = await this.dataSource.query<{ setup: LoadedSetup }[]>(loadSetup);
    if (!row) throw new Error('the configuration has no version row; run the migrations');
    const { published, ...setup } = row.setup;
    return { ...setup, compiled: this.compileOnce(published) };
  }

  // A template is parsed when it is first used, then kept as long as this version of the setup.
  private compileOnce(published: Record<string, Parts>): Setup['compiled'] {
    const compiled = new Map<string, CompiledTemplate>();
    return (template) => {
      const known = compiled.get(template.versionId);
      if (known) return known;
      const parts = published[template.versionId];
      if (!parts) throw new Error(`template ${template.id} has no text`);
      const fresh = this.engine.compile(parts, partsByChannel[template.channel]);
      compiled.set(template.versionId, fresh);
      return fresh;
    };
  }
}

function isAtLeast(setup: Setup, version: string): boolean {
  return BigInt(setup.version) >= BigInt(version);
}

interface LoadedSetup {
  version: string;
  phases: Phase[];
  serviceTypes: ServiceType[];
  talleres: Taller[];
  configs: OrchestrationConfig[];
  templates: Template[];
  published: Record<string, Parts>;
}

// One statement, so that all parts are of the same moment.
const loadSetup = `
  SELECT json_build_object(
    'version', (SELECT version::text FROM configuration_version),
    'phases', (SELECT coalesce(json_agg(json_build_object(
        'id', id, 'slug', slug, 'name', name, 'icon', icon, 'order', "order")
        ORDER BY "order"), '[]') FROM phase),
    'serviceTypes', (SELECT coalesce(json_agg(json_build_object(
        'id', t.id, 'slug', t.slug, 'name', t.name, 'icon', t.icon,
        'subtypes', (SELECT coalesce(json_agg(json_build_object(
            'id', s.id, 'slug', s.slug, 'name', s.name, 'icon', s.icon)
            ORDER BY s."order"), '[]') FROM service_subtype s WHERE s.service_type_id = t.id))
        ORDER BY t."order"), '[]') FROM service_type t),
    'talleres', (SELECT coalesce(json_agg(json_build_object(
        'id', id, 'slug', slug, 'name', name, 'timeZone', time_zone, 'country', country,
        'quietHours', json_build_object('from', quiet_hours_from, 'to', quiet_hours_to),
        'holidays', holidays)), '[]')
        FROM taller WHERE is_active),
    'configs', (SELECT coalesce(json_agg(json_build_object(
        'id', c.id, 'serviceTypeId', c.service_type_id, 'target', c.target,
        'tallerId', c.taller_id,
        'cells', (SELECT coalesce(json_agg(${cellAsJson('m')}), '[]')
            FROM matrix_cell m WHERE m.config_id = c.id))),
        '[]') FROM orchestration_config c WHERE c.is_active),
    'templates', (SELECT coalesce(json_agg(json_build_object(
        'id', t.id, 'versionId', v.id, 'version', v.version, 'name', t.name,
        'channel', t.channel, 'target', t.target, 'phaseId', t.phase_id,
        'serviceTypeId', t.service_type_id, 'subtypeId', t.subtype_id,
        'tallerId', t.taller_id, 'eventType', t.event_type)), '[]')
        FROM template t JOIN template_version v ON v.id = t.current_version_id
        WHERE t.is_active),
    'published', (SELECT coalesce(json_object_agg(v.id, v.published), '{}')
        FROM template t JOIN template_version v ON v.id = t.current_version_id
        WHERE t.is_active)
  ) AS setup
`;
