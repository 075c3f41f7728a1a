/** A body of Evolution API, in whichever of its shapes it came. */
export interface EvolutionBody {
  /** The message's id and the jid it went to, where the body is that of a success. */
  key: { id: string; remoteJid: string } | null;
  /** `PENDING` on success; absent on passive instances. */
  status: string | null;
  /** Every sentence that the body says, flattened. */
  texts: string[];
  /** The answer to "is this number on WhatsApp" inside an error. */
  notOnWhatsapp: boolean;
  /** Code of Graph's error object, which comes with HTTP 201 in Cloud mode. */
  graphCode: number | null;
  /** `LICENSE_REQUIRED` and its like (version 2.4). */
  code: string | null;
}

/**
 * Reads a body without believing anything: JSON of any shape, HTML, or nothing. Envelopes as
 * observed on versions 2.3.6 and 2.3.7: `{status, error, response: {message}}` where `message` is
 * a string, an array, an array in an array, or objects; some routes leave `response` out.
 */
export function readEvolutionBody(text: string): EvolutionBody {
  const body = parse(text);
  const response = memberOf(body, 'response');
  const message = memberOf(response, 'message') ?? memberOf(body, 'message');
  const leaves = flatten(message);
  const code = memberOf(body, 'code');
  const isGraphError = typeof code === 'number' && memberOf(body, 'key') === undefined;
  return {
    key: keyOf(memberOf(body, 'key')),
    status: stringOrNull(memberOf(body, 'status')),
    texts: textsOf(leaves, body, text),
    notOnWhatsapp: leaves.some((leaf) => memberOf(leaf, 'exists') === false),
    graphCode: isGraphError ? code : null,
    code: stringOrNull(code),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function keyOf(key: unknown): EvolutionBody['key'] {
  const id = stringOrNull(memberOf(key, 'id'));
  const remoteJid = stringOrNull(memberOf(key, 'remoteJid'));
  // An empty recipient is answered with 201 too: the server sent to nobody.
  if (!id || !remoteJid || remoteJid.startsWith('@')) return null;
  return { id, remoteJid };
}

function flatten(message: unknown): unknown[] {
  return Array.isArray(message) ? message.flat(3) : message === undefined ? [] : [message];
}

function textsOf(leaves: unknown[], body: unknown, text: string): string[] {
  const texts = leaves.filter((leaf) => typeof leaf === 'string');
  if (texts.length > 0) return texts;
  const error = stringOrNull(memberOf(body, 'error'));
  if (error) return [error];
  return body === null && text.trim() !== '' ? [text] : [];
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
