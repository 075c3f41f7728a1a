/**
 * Where a text stops being JSON, counted from 1. V8's own message quotes the text around the
 * place, which may belong to a person, and for short texts does not say where it is.
 *
 * The text nests no deeper than the reader allows (json-depth.ts), so recursion is safe here.
 */
export function locateJsonFault(json: string): { line: number; column: number } {
  const scan = new Scan(json);
  if (scan.value()) scan.skipSpace();
  const before = json.slice(0, scan.at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const space = /[\t\n\r ]*/y;
// Control characters must be escaped; those after DEL need not be.
const text = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Each method says whether it read what it stands for; if not, `at` is where it stopped. */
class Scan {
  at = 0;

  constructor(private readonly json: string) {}

  value(): boolean {
    if (this.skip('{')) return this.members('}', () => this.member());
    if (this.skip('[')) return this.members(']', () => this.value());
    return this.take(text) || this.take(scalar);
  }

  skipSpace(): void {
    this.take(space);
  }

  private members(close: string, readOne: () => boolean): boolean {
    if (this.skip(close)) return true;
    do {
      if (!readOne()) return false;
    } while (this.skip(','));
    return this.skip(close);
  }

  private member(): boolean {
    this.skipSpace();
    return this.take(text) && this.skip(':') && this.value();
  }

  private skip(character: string): boolean {
    this.skipSpace();
    if (this.json[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.json)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }
}
