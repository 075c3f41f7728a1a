import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { TemplateInput, TemplateView } from '#contracts/http/templates.dto.js';
import { findByReference } from '#domain/catalog/catalog.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { TemplateEngine } from '#domain/ports/template-engine.js';
import type { Parts } from '#domain/templates/template.js';
import type { Change } from '#infrastructure/persistence/change.js';
import { RowConflict } from '#infrastructure/persistence/row-conflict.js';
import {
  type TemplateRow,
  templateTable,
} from '#infrastructure/persistence/schema/template.schema.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import {
  addVersion,
  readVersion,
} from '#infrastructure/persistence/template-versions.repository.js';
import {
  lockTemplate,
  readTemplate,
  type TemplateRecord,
} from '#infrastructure/persistence/templates.repository.js';
import { publishChecked } from '#infrastructure/templates/publish-checked.js';
import { requireEveryTaller } from '../access/access.js';
import { badField } from '../http/problem.js';
import { withIds } from '../http/with-ids.js';
import { found, requireMatch, type Writer } from '../http/writer.js';
import type { Writes } from '../http/writes.js';
import { tallerOfBody } from './taller-of-body.js';
import { sourceOf, textProblem } from './template-text.js';
import { inputOf, templateView } from './template-views.js';

/**
 * Keeps templates. A text is judged before it is kept, and every change of it makes a version;
 * the former ones stay.
 */
export class TemplateEditor {
  constructor(
    private readonly writes: Writes,
    private readonly setups: SetupCache,
    private readonly engine: TemplateEngine,
    /** Where push links lead. */
    private readonly frontendUrl: string,
  ) {}

  async create(writer: Writer, input: TemplateInput): Promise<TemplateView> {
    const setup = await this.setups.current();
    return this.writes.run(writer, async (change) => {
      const id = uuidv7();
      const row = await rowOf(change, writer, setup, input);
      const source = sourceOf(input.channel, input);
      const current_version_id = await this.addText(change, id, input.channel, source);
      await placed(change.insert(templateTable, { ...row, id, current_version_id }));
      return this.answer(change, id);
    });
  }

  /** @param edit gives the whole template as it shall be */
  async alter(
    writer: Writer,
    id: string,
    edit: (now: Required<TemplateInput>) => TemplateInput,
  ): Promise<TemplateView> {
    const setup = await this.setups.current();
    return this.writes.run(writer, async (change) => {
      const now = await this.lock(change, writer, id);
      const input = edit(inputOf(now));
      if (input.channel !== now.channel) {
        throw badField('channel', 'never changes; make another template');
      }
      const row = await rowOf(change, writer, setup, input);
      const source = sourceOf(input.channel, input);
      return this.write(change, now, row, source);
    });
  }

  /** Makes a new version with the text of an old one. That of the text in force changes nothing. */
  restore(writer: Writer, id: string, version: number): Promise<TemplateView> {
    return this.writes.run(writer, async (change) => {
      const now = await this.lock(change, writer, id);
      const old = found(await readVersion(change.manager, id, version), 'version');
      return this.write(change, now, {}, old.source);
    });
  }

  /**
   * Its versions stay, for the messages that are under way, and nobody can look at them any more:
   * the audit trail keeps the text that was in force.
   */
  async remove(writer: Writer, id: string): Promise<void> {
    await this.writes.run(writer, async (change) => {
      const { source, version, taller_id } = await this.lock(change, writer, id);
      await change.remove(templateTable, { id });
      const parts = Object.entries(source).map(([part, text]) => [part, [text, null]] as const);
      await change.note({
        action: 'version_deleted',
        resource: 'template',
        resourceId: id,
        tallerId: taller_id,
        changes: Object.fromEntries([['version', [version, null]], ...parts]),
      });
    });
  }

  private async lock(change: Change, writer: Writer, id: string): Promise<TemplateRecord> {
    const { tallerId } = writer.caller;
    const record = found(await lockTemplate(change.manager, tallerId, id), 'template');
    if (record.taller_id === null) requireEveryTaller(writer.caller);
    requireMatch(writer, templateView(this.engine, record));
    return record;
  }

  private async write(
    change: Change,
    now: TemplateRecord,
    row: Partial<TemplateRow>,
    source: Parts,
  ): Promise<TemplateView> {
    const current_version_id = isDeepStrictEqual(source, now.source)
      ? now.version_id
      : await this.addText(change, now.id, now.channel, source);
    await placed(
      change.update(templateTable, { id: now.id }, (current) => {
        Object.assign(current, row, { current_version_id });
      }),
    );
    return this.answer(change, now.id);
  }

  private async addText({ manager }: Change, templateId: string, channel: Channel, source: Parts) {
    const publication = await publishChecked(channel, source, this.engine, this.frontendUrl);
    if (publication.kind === 'refused') throw textProblem(channel, publication.faults);
    const id = uuidv7();
    await addVersion(manager, { id, templateId, channel, source, published: publication.parts });
    return id;
  }

  private async answer({ manager }: Change, id: string): Promise<TemplateView> {
    return templateView(this.engine, found(await readTemplate(manager, null, id), 'template'));
  }
}

/** What a body says of a template beside its text, with UUIDs, as far as the caller may say it. */
async function rowOf(
  { manager }: Change,
  { caller }: Writer,
  setup: Setup,
  input: TemplateInput,
): Promise<Partial<TemplateRow>> {
  const { service_type_id, phase_id } = withIds(setup, {
    service_type_id: input.service_type_id,
    phase_id: input.phase_id,
  });
  const { id: taller_id } = await tallerOfBody(manager, caller, input.taller_id);
  return {
    name: input.name,
    channel: input.channel,
    target: input.target,
    service_type_id,
    phase_id,
    subtype_id: subtypeOf(setup, service_type_id, input.subtype_id ?? null),
    taller_id,
    event_type: input.event_type ?? null,
    is_active: input.is_active ?? true,
  };
}

function subtypeOf(setup: Setup, serviceTypeId: string, reference: string | null): string | null {
  if (reference === null) return null;
  const type = setup.serviceTypes.find(({ id }) => id === serviceTypeId);
  const subtype = findByReference(type?.subtypes ?? [], reference);
  if (!subtype) throw badField('subtype_id', 'names no subtype of the service type');
  return subtype.id;
}

/** Seven columns make a template's place; each alone may well be taken. */
async function placed<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof RowConflict) || error.kind !== 'duplicate') throw error;
    throw badField(
      'phase_id',
      'has a template already for this channel, target, service type, subtype, workshop and event type',
    );
  }
}
