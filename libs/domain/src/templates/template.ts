import type { Channel, Target } from '../catalog/channels.js';

/**
 * How the values that fill a part are made safe for the medium that shows it:
 * `html` escapes them, `line` also folds them to one line (subjects, titles), `text` leaves them
 * as they are, `url` percent-encodes them.
 */
export type Escaping = 'html' | 'text' | 'line' | 'url';

/** The parts of each channel's message, and the escaping of each. One place decides it. */
export const partsByChannel = {
  email: { subject: 'line', html: 'html', text: 'text' },
  whatsapp: { text: 'text' },
  push: { title: 'line', body: 'line', url: 'url' },
} as const satisfies Record<Channel, Record<string, Escaping>>;

export interface EmailContent {
  channel: 'email';
  subject: string;
  html: string;
  text: string;
}

export interface WhatsappContent {
  channel: 'whatsapp';
  text: string;
}

export interface PushContent {
  channel: 'push';
  title: string;
  body: string;
  /** Absolute link that a tap opens. */
  url: string;
}

/** What leaves: every variable filled, escaped for its medium. */
export type Content = EmailContent | WhatsappContent | PushContent;

/** The published text of one part, by the part's name (`subject`, `html`, …). */
export type Parts = Record<string, string>;

/** A template with the version that is in force. A version never changes once it is kept. */
export interface Template {
  id: string;
  versionId: string;
  version: number;
  name: string;
  channel: Channel;
  target: Target;
  phaseId: string;
  serviceTypeId: string;
  /** Null: serves every subtype. */
  subtypeId: string | null;
  /** Null: serves every workshop. */
  tallerId: string | null;
  /** Null: serves every event; else only events of this type, which prefer it. */
  eventType: string | null;
}
