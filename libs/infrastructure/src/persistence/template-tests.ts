import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { Parts } from '#domain/templates/template.js';
import { seedId } from '#migrations/seed/seed-id.js';

/** Whom an address belongs to, as far as a test of a template has to know. */
export interface AddressOwners {
  /** Customers with this address, the oldest first. */
  customers: { id: string; taller_id: string | null }[];
  /** Somebody with this address withdrew consent for the channel. */
  withdrawn: boolean;
  /** The provider called the address wrong or gone. */
  suppressed: boolean;
}

/** @param address as it is kept: a mailbox, a number in E.164 */
export async function readAddressOwners(
  dataSource: DataSource,
  channel: 'email' | 'whatsapp',
  address: string,
): Promise<AddressOwners> {
  const column = channel === 'email' ? 'email' : 'phone';
  const [row] = await dataSource.query<[AddressOwners]>(
    `SELECT
       (SELECT coalesce(json_agg(json_build_object('id', id, 'taller_id', taller_id)
          ORDER BY created_at, id), '[]')
        FROM customer WHERE lower(${column}) = lower($2)) AS customers,
       EXISTS (SELECT FROM customer_preference p JOIN customer c ON c.id = p.customer_id
          WHERE lower(c.${column}) = lower($2) AND p.channel = $1
            AND p.consent_withdrawn_at IS NOT NULL)
       OR EXISTS (SELECT FROM staff_preference p JOIN staff_member m ON m.id = p.staff_member_id
          WHERE lower(m.${column}) = lower($2) AND p.channel = $1
            AND p.consent_withdrawn_at IS NOT NULL) AS withdrawn,
       EXISTS (SELECT FROM suppressed_address
          WHERE channel = $1 AND address = $2 AND until > clock_timestamp()) AS suppressed`,
    [channel, address],
  );
  return row;
}

/** A template's text with the marks of a test. */
export interface MarkedText {
  templateId: string;
  version: number;
  channel: Channel;
  source: Parts;
  published: Parts;
}

/**
 * Keeps a marked text as a version of no template, which messages are rendered from like any. The
 * same text is kept once. Answers the version's id.
 */
export async function keepMarkedText(
  dataSource: DataSource,
  { templateId, version, channel, source, published }: MarkedText,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([channel, version, published]));
  const id = seedId('template-test', `${templateId} ${hash.digest('hex')}`);
  await dataSource.query(
    `INSERT INTO template_version (id, template_id, channel, version, source, published)
     VALUES ($1, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [id, channel, version, JSON.stringify(source), JSON.stringify(published)],
  );
  return id;
}
