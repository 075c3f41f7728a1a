import type { TemplateTestRequest } from '#contracts/http/template-test.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import { Problem } from '../http/problem.js';
import { checkedContacts } from './checked-contacts.js';

/** Whom a test goes to, and the member of the request that says so. */
export type TestAddress =
  | { kind: 'customer'; member: 'customer_id'; customerId: string }
  | { kind: 'typed'; member: 'email' | 'phone'; channel: 'email' | 'whatsapp'; text: string };

const memberOfChannel = { email: 'email', whatsapp: 'phone' } as const;

/** Where numbers without a country code are read: the house's own country. */
const homeCountry = 'EC';

/** Throws a 400 unless the request names exactly one, of the template's channel, in its right form. */
export function testAddress(request: TemplateTestRequest, channel: Channel): TestAddress {
  const { customer_id, email, phone } = request;
  const given = { customer_id, email, phone };
  const named = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const [[member] = ['customer_id'], ...more] = named;
  if (named.length === 0) {
    throw refused('customer_id', 'or email or phone must be given');
  }
  if (more.length > 0) throw refused(more[0]?.[0] ?? member, `goes without ${member}`);
  if (typeof customer_id === 'string') {
    return { kind: 'customer', member: 'customer_id', customerId: customer_id };
  }
  const wanted = channel === 'push' ? 'customer_id' : memberOfChannel[channel];
  if (channel === 'push' || member !== wanted) {
    throw refused(member, `is not where ${channel} goes; give ${wanted}`);
  }
  const contacts = checkedContacts(wanted === 'email' ? { email } : { phone }, homeCountry);
  return {
    kind: 'typed',
    member: memberOfChannel[channel],
    channel,
    text: contacts[memberOfChannel[channel]] ?? '',
  };
}

function refused(member: string, why: string): Problem {
  return new Problem('validation_failed', { errors: { [member]: [why] } });
}
