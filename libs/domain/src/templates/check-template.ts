import type { Channel } from '../catalog/channels.js';
import { type TemplateEngine, TemplateFault, type VariableUse } from '../ports/template-engine.js';
import { lengthFault } from './render-message.js';
import { type Content, type Escaping, type Parts, partsByChannel } from './template.js';
import { unknownVariable } from './unknown-variable.js';

/** The parts without which a channel has no message; an e-mail's plain text is made if need be. */
const requiredParts: Readonly<Record<Channel, readonly string[]>> = {
  email: ['subject', 'html'],
  whatsapp: ['text'],
  push: ['title', 'body', 'url'],
};

/**
 * What is wrong with a template as people wrote it: a part that is missing or does not parse, a
 * name that is no variable, a subject of two lines, a push link that leads elsewhere. All parts
 * are looked at, so that everything is corrected together.
 */
export function sourceFaults(
  channel: Channel,
  source: Readonly<Parts>,
  engine: TemplateEngine,
  frontendUrl: string,
): TemplateFault[] {
  const escaping: Readonly<Record<string, Escaping>> = partsByChannel[channel];
  const missing = requiredParts[channel]
    .filter((part) => (source[part] ?? '').trim() === '')
    .map((part) => new TemplateFault('must not be blank', part));
  const given = Object.entries(source).flatMap(([part, text]) => [
    ...parseFaults(part, text, engine, escaping),
    ...lineFaults(part, text, escaping[part]),
    ...(escaping[part] === 'url' ? linkFaults(part, text, frontendUrl) : []),
  ]);
  return [...missing, ...given];
}

/** The parts of a source without faults that may come out blank, such as a condition alone. */
export function blankFaults(
  channel: Channel,
  source: Readonly<Parts>,
  engine: TemplateEngine,
): TemplateFault[] {
  const written = Object.entries(source).filter(([, text]) => text.trim() !== '');
  const compiled = engine.compile(Object.fromEntries(written), partsByChannel[channel]);
  const why = 'must not come out blank, whichever variables have a value';
  return compiled.blankable().map((part) => new TemplateFault(why, part));
}

/** What keeps a template from being sent although it parses, seen in the message that it makes. */
export function contentFaults(content: Content): TemplateFault[] {
  const long = lengthFault(content);
  const faults = long === undefined ? [] : [new TemplateFault(long, longPart[content.channel])];
  if (content.channel === 'push' && content.body.length >= pushBodyCharacters) {
    const why = `has ${content.body.length} characters with the variables' examples, must be under ${pushBodyCharacters}`;
    faults.push(new TemplateFault(why, 'body'));
  }
  return faults;
}

/** Past it a locked phone cuts a push off (workshop data, "Orchestration"). */
const pushBodyCharacters = 120;

/** The part to shorten where a message is too long. */
const longPart: Readonly<Record<Channel, string>> = {
  email: 'subject',
  whatsapp: 'text',
  push: 'body',
};

function parseFaults(
  part: string,
  text: string,
  engine: TemplateEngine,
  escaping: Readonly<Record<string, Escaping>>,
): TemplateFault[] {
  try {
    return unknownVariables(engine.compile({ [part]: text }, escaping).uses());
  } catch (error) {
    if (error instanceof TemplateFault) return [error];
    throw error;
  }
}

/** A fault for each of the first places that name what is no variable. */
export function unknownVariables(uses: readonly VariableUse[]): TemplateFault[] {
  const faults: TemplateFault[] = [];
  for (const { name, part, line, column } of uses) {
    const why = unknownVariable(name);
    if (why !== undefined) faults.push(new TemplateFault(why, part, line, column));
    if (faults.length === mostFaults) break;
  }
  return faults;
}

/** Of one part; past it nobody reads on. */
const mostFaults = 20;

function lineFaults(part: string, text: string, escaping: Escaping | undefined): TemplateFault[] {
  const isOneLine = escaping === 'line' || escaping === 'url';
  if (!isOneLine || !/[\p{Cc}\u2028\u2029]/u.test(text)) return [];
  return [new TemplateFault('must be one line, without control characters', part)];
}

/** A tap opens a page of ours, whatever the variables hold: only what stands before them counts. */
function linkFaults(part: string, text: string, frontendUrl: string): TemplateFault[] {
  const link = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  const isOurs = /^\/(?![/\\])/.test(text) || text.startsWith(`${frontendUrl}/`);
  if (isOurs && !/[\s\\]/.test(link)) return [];
  const why = `must be a page under ${frontendUrl}: begin with one "/" and hold no spaces`;
  return [new TemplateFault(why, part)];
}
