import type { TemplateText } from '#contracts/http/templates.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { FieldErrors } from '#domain/errors.js';
import { type TemplateEngine, TemplateFault } from '#domain/ports/template-engine.js';
import { type Parts, partsByChannel } from '#domain/templates/template.js';
import { variableNames } from '#domain/templates/variables.js';
import { Problem } from '../http/problem.js';

/** The members of a template's text that are one channel's part each, by the part's name. */
const memberOfPart: Readonly<Record<Channel, Readonly<Record<string, keyof TemplateText>>>> = {
  email: { subject: 'subject', html: 'body', text: 'text' },
  whatsapp: { text: 'body' },
  push: { title: 'title', body: 'body', url: 'link' },
};

const members = ['subject', 'title', 'body', 'text', 'link'] as const;

/** A text's parts as its channel names them. Members that the channel has not are refused (400). */
export function sourceOf(channel: Channel, text: Partial<TemplateText>): Parts {
  const parts = Object.entries(memberOfPart[channel]);
  const own = parts.map(([, member]) => member);
  const others = members.filter((member) => !own.includes(member) && (text[member] ?? '') !== '');
  if (others.length > 0) {
    const why = `is no part of ${channel}, which has ${own.join(', ')}`;
    const errors = Object.fromEntries(others.map((member) => [member, [why]]));
    throw new Problem('validation_failed', { errors });
  }
  const source: Parts = {};
  for (const [part, member] of parts) {
    const written = text[member];
    if (written !== undefined && written !== null) source[part] = written;
  }
  return source;
}

/** The other way round; what the channel has not is null. */
export function textOf(channel: Channel, source: Readonly<Parts>): Required<TemplateText> {
  const text: Required<TemplateText> = {
    subject: null,
    title: null,
    body: '',
    text: null,
    link: null,
  };
  for (const [part, member] of Object.entries(memberOfPart[channel])) {
    const written = source[part];
    if (written !== undefined) text[member] = written;
  }
  return text;
}

/** What is wrong with a text, by the member that must change, at line and column. */
export function textProblem(channel: Channel, faults: readonly TemplateFault[]): Problem {
  const errors: FieldErrors = {};
  for (const { part, message, line, column } of faults) {
    const member = memberOfPart[channel][part] ?? part;
    const place = line === undefined ? '' : `line ${line}, column ${column}: `;
    errors[member] = [...(errors[member] ?? []), `${place}${message}`];
  }
  return new Problem('validation_failed', { errors });
}

/** Versions whose variables are kept; the seed has 130 in use. */
const maximumKept = 500;
const kept = new Map<string, string[]>();

/**
 * The variables that a version names, in the order of their list. It never changes, so they are
 * looked for once: parsing a page of 100 anew took 15 ms.
 */
export function variablesOf(
  engine: TemplateEngine,
  versionId: string,
  channel: Channel,
  source: Readonly<Parts>,
): string[] {
  const known = kept.get(versionId);
  if (known) return known;
  const used = new Set(usesOf(engine, channel, source).map(({ name }) => name));
  const variables = variableNames.filter((name) => used.has(name));
  kept.set(versionId, variables);
  if (kept.size > maximumKept) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  return variables;
}

// An old version that no longer parses must not hide the others of its list.
function usesOf(engine: TemplateEngine, channel: Channel, source: Readonly<Parts>) {
  try {
    return engine.compile(source, partsByChannel[channel]).uses();
  } catch (error) {
    if (error instanceof TemplateFault) return [];
    throw error;
  }
}
