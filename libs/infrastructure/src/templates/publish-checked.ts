import type { Channel } from '#domain/catalog/channels.js';
import { type TemplateEngine, TemplateFault } from '#domain/ports/template-engine.js';
import {
  blankFaults,
  contentFaults,
  sourceFaults,
  unknownVariables,
} from '#domain/templates/check-template.js';
import { renderContent } from '#domain/templates/render-message.js';
import { type Parts, partsByChannel } from '#domain/templates/template.js';
import { exampleVariables } from '#domain/templates/variable-guide.js';
import { htmlFaults } from './html-faults.js';
import { publishParts } from './publish-template.js';

export type Publication =
  | { kind: 'published'; parts: Parts }
  | { kind: 'refused'; faults: TemplateFault[] };

/**
 * Makes of what people wrote what is sent, or tells everything that stands against it. What comes
 * out parses, names variables of ours alone, and with all of them filled it can be sent.
 *
 * @param frontendUrl where push links lead, without a slash at the end
 */
export async function publishChecked(
  channel: Channel,
  source: Readonly<Parts>,
  engine: TemplateEngine,
  frontendUrl: string,
): Promise<Publication> {
  const faults = sourceFaults(channel, source, engine, frontendUrl);
  // HTML is judged with Liquid's tags out of the way, which takes a part that parses.
  if (source.html !== undefined && !faults.some(({ part }) => part === 'html')) {
    faults.push(...htmlFaults('html', source.html));
  }
  if (faults.length === 0) faults.push(...blankFaults(channel, source, engine));
  if (faults.length > 0) return { kind: 'refused', faults };
  const parts = await publishParts(channel, source);
  const unsendable = publishedFaults(channel, parts, engine, frontendUrl);
  return unsendable.length > 0
    ? { kind: 'refused', faults: unsendable }
    : { kind: 'published', parts };
}

function publishedFaults(
  channel: Channel,
  parts: Parts,
  engine: TemplateEngine,
  frontendUrl: string,
): TemplateFault[] {
  try {
    const compiled = engine.compile(parts, partsByChannel[channel]);
    const unknown = unknownVariables(compiled.uses());
    if (unknown.length > 0) return unknown.map(inTwin);
    return contentFaults(renderContent(channel, compiled, exampleVariables, frontendUrl));
  } catch (error) {
    if (error instanceof TemplateFault) return [inTwin(error)];
    throw error;
  }
}

/**
 * Of what parsed before, only the plain text that was made of the HTML can fail: `&#123;` becomes
 * a brace there. It is the HTML that its author must change, or write the text.
 */
function inTwin({ message }: TemplateFault): TemplateFault {
  return new TemplateFault(`the plain text made of it cannot be sent: ${message}`, 'html');
}
