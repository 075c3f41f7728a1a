import type { Channel } from '#domain/catalog/channels.js';

/** A message that reached the outside world, as its receiver would see it. */
export interface ArrivedMessage {
  /** Running number since the sandbox started, from 1. */
  id: number;
  channel: Channel;
  /** The mailbox, the phone with its plus sign, or the push endpoint. */
  to: string;
  /** Milliseconds since 1970. */
  atMs: number;
  subject: string | null;
  title: string | null;
  text: string | null;
  html: string | null;
  url: string | null;
  /** Names in lower case. For push, those of the request. */
  headers: Record<string, string>;
  /** The mail's Message-ID, or the id that the provider gave. */
  messageId: string | null;
  /** Push only. */
  topic: string | null;
  /** Push only: what the service worker gives back when the notice is clicked. */
  click: string | null;
}

/** A message as the control API shows it: `at` in ISO 8601. */
export type ArrivedMessageView = Omit<ArrivedMessage, 'atMs'> & { at: string };

export function viewOf({ atMs, ...message }: ArrivedMessage): ArrivedMessageView {
  return { ...message, at: new Date(atMs).toISOString() };
}
