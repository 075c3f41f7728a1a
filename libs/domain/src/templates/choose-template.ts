import type { Channel, Target } from '../catalog/channels.js';
import { hasOwnWords } from '../catalog/event-types.js';
import type { Template } from './template.js';

/** What a template is looked for. */
export interface TemplateNeed {
  channel: Channel;
  target: Target;
  phaseId: string;
  serviceTypeId: string;
  subtypeId: string | null;
  tallerId: string | null;
  eventType: string;
}

/** Where in the order of the search the template was found; `dry_run` tells it. */
export const templateSources = [
  'taller_subtype',
  'taller_type',
  'global_subtype',
  'global_type',
] as const;
export type TemplateSource = (typeof templateSources)[number];

/** Each step of the search in a sentence. */
export const templateSourceTexts: Readonly<Record<TemplateSource, { es: string; en: string }>> = {
  taller_subtype: {
    es: 'Plantilla propia del taller para este subtipo.',
    en: "The workshop's own template for this subtype.",
  },
  taller_type: {
    es: 'Plantilla propia del taller para este tipo de servicio.',
    en: "The workshop's own template for this service type.",
  },
  global_subtype: {
    es: 'Plantilla general para este subtipo.',
    en: 'The global template for this subtype.',
  },
  global_type: {
    es: 'Plantilla general para este tipo de servicio.',
    en: 'The global template for this service type.',
  },
};

/**
 * The template for a need: the workshop's own before the global one, the subtype's before the
 * type's; at each step one written for this event's type goes first. For an event type that has
 * words of its own all four steps are searched for such a template before any general one is taken:
 * a workshop's own text that confirms an appointment must not answer for a reminder. Undefined when
 * none exists.
 */
export function chooseTemplate(
  templates: readonly Template[],
  need: TemplateNeed,
): { template: Template; source: TemplateSource } | undefined {
  const fitting = templates.filter(
    (template) =>
      template.channel === need.channel &&
      template.target === need.target &&
      template.phaseId === need.phaseId &&
      template.serviceTypeId === need.serviceTypeId &&
      (template.eventType === null || template.eventType === need.eventType),
  );
  const particular = fitting.filter(({ eventType }) => eventType !== null);
  const own = hasOwnWords(need.eventType) ? firstFound(particular, need) : undefined;
  return own ?? firstFound(fitting, need);
}

function firstFound(
  fitting: readonly Template[],
  need: TemplateNeed,
): ReturnType<typeof chooseTemplate> {
  for (const source of templateSources) {
    const tallerId = source.startsWith('taller') ? need.tallerId : null;
    const subtypeId = source.endsWith('subtype') ? need.subtypeId : null;
    // Without a workshop or a subtype, the steps that ask for one have nothing to find.
    if (source.startsWith('taller') && tallerId === null) continue;
    if (source.endsWith('subtype') && subtypeId === null) continue;
    const found = fitting.filter(
      (template) => template.tallerId === tallerId && template.subtypeId === subtypeId,
    );
    const template = found.find(({ eventType }) => eventType !== null) ?? found[0];
    if (template) return { template, source };
  }
  return undefined;
}
