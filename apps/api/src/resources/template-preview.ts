import type { PreviewRequest, PreviewView } from '#contracts/http/template-preview.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { TemplateEngine } from '#domain/ports/template-engine.js';
import { lengthFault, missingVariables, renderContent } from '#domain/templates/render-message.js';
import { type Parts, partsByChannel } from '#domain/templates/template.js';
import { type Variables, variablesFrom } from '#domain/templates/variables.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import type { TemplateVersionsRepository } from '#infrastructure/persistence/template-versions.repository.js';
import type { TemplatesRepository } from '#infrastructure/persistence/templates.repository.js';
import { publishChecked } from '#infrastructure/templates/publish-checked.js';
import type { Caller } from '../access/access.js';
import { badField, Problem } from '../http/problem.js';
import { found } from '../http/writer.js';
import { sourceOf, textProblem } from './template-text.js';

/** What is rendered: the published parts, and what is known of where they belong. */
interface Subject {
  channel: Channel;
  parts: Parts;
  phaseId: string | null;
  tallerId: string | null;
}

/** Renders a template as a dispatch would, with values that the caller makes up. */
export class TemplatePreview {
  constructor(
    private readonly templates: TemplatesRepository,
    private readonly versions: TemplateVersionsRepository,
    private readonly setups: SetupCache,
    private readonly engine: TemplateEngine,
    private readonly house: { frontendUrl: string; defaultTallerName: string },
  ) {}

  /** Every variable without a value is a 400 that names it, as is a text that would not be saved. */
  async render(request: PreviewRequest, caller: Caller): Promise<PreviewView> {
    const subject = await this.subjectOf(request, caller);
    const { channel } = subject;
    const values = {
      ...(await this.ownValues(subject)),
      ...givenValues(request.context ?? {}),
    };
    const compiled = this.engine.compile(subject.parts, partsByChannel[channel]);
    const missing = missingVariables(compiled, values);
    if (missing.length > 0) {
      throw new Problem('missing_variables', {
        errors: Object.fromEntries(
          missing.map((name) => [`context.${name}`, [`the ${channel} template needs {{${name}}}`]]),
        ),
      });
    }
    const message = renderContent(channel, compiled, values, this.house.frontendUrl);
    const long = lengthFault(message);
    if (long)
      throw new Problem('content_too_long', { errors: { context: [`${channel}: ${long}`] } });
    return { message, variables: [...compiled.variables] };
  }

  private subjectOf(request: PreviewRequest, caller: Caller): Promise<Subject> {
    const { template_id: id, channel, context: _, ...text } = request;
    const isUnsaved = [channel, ...Object.values(text)].some((given) => (given ?? null) !== null);
    if (typeof id === 'string' && isUnsaved) {
      throw badField('template_id', 'goes without a channel and a text');
    }
    if (typeof id === 'string') return this.stored(id, caller);
    if (channel) return this.unsaved(channel, text, caller);
    throw badField('channel', 'must be given with the text, or template_id instead');
  }

  private async stored(id: string, { tallerId }: Caller): Promise<Subject> {
    const record = found(await this.templates.find(tallerId, id.toLowerCase()), 'template');
    const parts = await this.versions.published(record.version_id);
    return {
      channel: record.channel,
      parts,
      phaseId: record.phase_id,
      tallerId: record.taller_id ?? tallerId,
    };
  }

  private async unsaved(
    channel: Channel,
    text: Parameters<typeof sourceOf>[1],
    { tallerId }: Caller,
  ): Promise<Subject> {
    const source = sourceOf(channel, text);
    const { frontendUrl } = this.house;
    const publication = await publishChecked(channel, source, this.engine, frontendUrl);
    if (publication.kind === 'refused') throw textProblem(channel, publication.faults);
    return { channel, parts: publication.parts, phaseId: null, tallerId };
  }

  /** What a dispatch would fill of itself. */
  private async ownValues({ phaseId, tallerId }: Subject): Promise<Variables> {
    const { phases, talleres } = await this.setups.current();
    const phase = phases.find(({ id }) => id === phaseId);
    const taller = talleres.find(({ id }) => id === tallerId);
    return {
      Taller: taller?.name ?? this.house.defaultTallerName,
      ...(phase && { Fase: phase.name }),
    };
  }
}

function givenValues(context: Readonly<Record<string, unknown>>): Variables {
  const { values, unusable } = variablesFrom(context);
  if (unusable.length === 0) return values;
  const errors = Object.fromEntries(unusable.map(({ key, why }) => [`context.${key}`, [why]]));
  throw new Problem('validation_failed', { errors });
}
