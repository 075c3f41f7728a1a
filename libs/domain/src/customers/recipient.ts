import type { Channel } from '../catalog/channels.js';

/** Where a message goes on one channel. */
export interface EmailAddress {
  channel: 'email';
  /** A checked mailbox, `local@domain`. */
  email: string;
}

export interface WhatsappAddress {
  channel: 'whatsapp';
  /** E.164 with its plus sign, such as `+593991234567`. */
  phone: string;
}

export interface PushAddress {
  channel: 'push';
  subscriptionId: string;
  endpoint: string;
  /** The browser's public key, base64url of 65 bytes (RFC 8291 section 2.1). */
  p256dh: string;
  /** The browser's secret, base64url of 16 bytes. */
  auth: string;
}

export type Address = EmailAddress | WhatsappAddress | PushAddress;

/** What a person said about one channel. Absent: nothing said, the matrix decides. */
export interface ChannelPreference {
  enabled: boolean;
  /** 1 is tried first. Null: the matrix's order. */
  priority: number | null;
  /** Consent was withdrawn: nothing leaves on this channel, critical or not. */
  consentWithdrawn: boolean;
}

export type RecipientKind = 'customer' | 'staff' | 'admin';

/** A person to be told, with all that is needed to choose the channels. */
export interface Recipient {
  kind: RecipientKind;
  /** The core system's id for customers, ours for staff, the mailbox for admins. */
  id: string;
  name: string;
  addresses: Address[];
  preferences: Partial<Record<Channel, ChannelPreference>>;
  /** Channels whose address the provider called wrong or gone. */
  suppressed: Channel[];
}

/** The recipient's addresses on a channel: none, one, or (push) one for each device. */
export function addressesOn(recipient: Recipient, channel: Channel): Address[] {
  return recipient.addresses.filter((address) => address.channel === channel);
}
