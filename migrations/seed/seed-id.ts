import { createHash } from 'node:crypto';

/** Stands in every id below: 2026-01-01T00:00:00Z, the seed's birthday. */
const seedTimeMs = Date.UTC(2026, 0, 1);

/**
 * The id of a row that is the same in every installation, such as a phase's. It has the form of a
 * UUID v7 (RFC 9562 section 5.7), with the name's SHA-256 where that has random bits.
 *
 * @param kind what the row is, such as `phase`
 * @param name what tells it from others of its kind, such as its slug
 */
export function seedId(kind: string, name: string): string {
  const hash = createHash('sha256').update(`${kind}:${name}`).digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(seedTimeMs, 0, 6);
  hash.copy(bytes, 6, 0, 10);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
