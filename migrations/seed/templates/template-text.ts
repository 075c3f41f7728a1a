import type { Channel, Target } from '#domain/catalog/channels.js';
import type { Parts } from '#domain/templates/template.js';
import type { VariableName } from '#domain/templates/variables.js';

/** A seeded template: for every workshop and every subtype. Phase and service type by slug. */
export interface SeedTemplate {
  phase: string;
  serviceType: string;
  target: Target;
  channel: Channel;
  /** Null: for every event of the phase. */
  eventType: string | null;
  /** The parts as people write them, an e-mail's HTML without its layout. */
  source: Parts;
}

export type PhaseSlug =
  | 'phase-schedule'
  | 'phase-reception'
  | 'phase-repair'
  | 'phase-quality'
  | 'phase-delivery';

/** A line of an e-mail's table; with `?` it is shown only where the variable has a value. */
type Fact = VariableName | `${VariableName}?`;

/** The words of one event on each channel that it uses. */
export interface Words {
  email: {
    subject: string;
    heading: string;
    /** Each a paragraph of HTML. */
    paragraphs: string[];
    facts: Fact[];
    /** The paragraph below the table. */
    closing?: string;
  };
  /** Lines, with WhatsApp's own marks: `*negrita*`, `_cursiva_`. */
  whatsapp?: string[];
  push: { title: string; body: string };
}

/** Where a template stands; with its words it makes one template for each channel. */
export interface Place {
  serviceType: string;
  target: Target;
  phase: PhaseSlug;
  eventType?: string;
}

/** The templates of one service type and target, phase by phase. */
export function templatesOf(
  serviceType: string,
  target: Target,
  words: Readonly<Record<PhaseSlug, Words>>,
): SeedTemplate[] {
  const phases: PhaseSlug[] = [
    'phase-schedule',
    'phase-reception',
    'phase-repair',
    'phase-quality',
    'phase-delivery',
  ];
  return phases.flatMap((phase) => templatesFor({ serviceType, target, phase }, words[phase]));
}

/** One template for each channel that the words are written for. */
export function templatesFor(place: Place, words: Words): SeedTemplate[] {
  const at = { ...place, eventType: place.eventType ?? null };
  const { subject } = words.email;
  const { title, body } = words.push;
  const url = pageOf(place);
  const templates: SeedTemplate[] = [
    { ...at, channel: 'email', source: { subject, html: fragment(words.email) } },
    { ...at, channel: 'push', source: { title, body, url } },
  ];
  if (words.whatsapp) {
    templates.push({ ...at, channel: 'whatsapp', source: { text: words.whatsapp.join('\n') } });
  }
  return templates;
}

/**
 * The page that a tap opens. It begins with a slash: what renders the message puts it under
 * `FRONTEND_URL`, which a template cannot name.
 */
function pageOf({ target, phase }: Place): string {
  const house = target === 'staff' ? '/taller' : '';
  return phase === 'phase-schedule' ? `${house}/citas` : `${house}/vehiculos/{{Placa}}`;
}

function fragment({ heading, paragraphs, facts, closing }: Words['email']): string {
  const rows = facts.map(row);
  return [
    `<h1>${heading}</h1>`,
    ...paragraphs.map((text) => `<p>${text}</p>`),
    ...(rows.length > 0 ? ['<table>', ...rows, '</table>'] : []),
    ...(closing ? [`<p>${closing}</p>`] : []),
  ].join('\n');
}

/** What a fact is called, where that is not its variable's name. */
const labels: Readonly<Record<string, string>> = { Nombre: 'Cliente', Orden: 'Orden de trabajo' };

function row(fact: Fact): string {
  const name = fact.replace('?', '');
  const cells = `<tr><th>${labels[name] ?? name}</th><td>{{${name}}}</td></tr>`;
  return fact.endsWith('?') ? `{% if ${name} %}${cells}{% endif %}` : cells;
}
