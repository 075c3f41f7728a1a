/** The deepest JSON that is read. A flat scan finds a deeper one before the parser recurses. */
export const deepestJson = 16;

const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether the text nests deeper than {@link deepestJson}. Looks at each byte once and at no
 * string's inside: 0.2 ms for 256 KiB, under a microsecond for an ordinary request.
 */
export function isTooDeep(json: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    // { and [ differ from } and ] by one bit each: 0x7b 0x5b, 0x7d 0x5d.
    if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepestJson) return true;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    } else if (byte === quote) {
      at = endOfString(json, at + 1);
    }
  }
  return false;
}

function endOfString(json: Buffer, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
