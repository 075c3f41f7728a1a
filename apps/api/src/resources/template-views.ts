import type { TemplateVersionView } from '#contracts/http/template-versions.dto.js';
import type { TemplateInput, TemplateView } from '#contracts/http/templates.dto.js';
import type { TemplateEngine } from '#domain/ports/template-engine.js';
import type { TemplateVersionRecord } from '#infrastructure/persistence/template-versions.repository.js';
import type { TemplateRecord } from '#infrastructure/persistence/templates.repository.js';
import { textOf, variablesOf } from './template-text.js';

export function templateView(engine: TemplateEngine, record: TemplateRecord): TemplateView {
  const { version_id, source, created_at, updated_at, ...members } = record;
  return {
    ...members,
    ...textOf(record.channel, source),
    variables: variablesOf(engine, version_id, record.channel, source),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

/** @param current the version in force */
export function versionView(
  engine: TemplateEngine,
  { source, channel, created_at, ...members }: TemplateVersionRecord,
  current: number,
): TemplateVersionView {
  return {
    ...members,
    ...textOf(channel, source),
    variables: variablesOf(engine, members.id, channel, source),
    is_current: members.version === current,
    created_at: created_at.toISOString(),
  };
}

/** A template as a body would give it. */
export function inputOf({ channel, source, ...record }: TemplateRecord): Required<TemplateInput> {
  return {
    name: record.name,
    channel,
    target: record.target,
    service_type_id: record.service_type_id,
    phase_id: record.phase_id,
    subtype_id: record.subtype_id,
    taller_id: record.taller_id,
    event_type: record.event_type,
    is_active: record.is_active,
    ...textOf(channel, source),
  };
}
