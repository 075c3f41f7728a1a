import { type Answer, json } from '../http/exchange.js';
import type { ArrivedMessage } from '../world/arrived-message.js';
import type { Inbox } from '../world/inbox.js';
import { whatsappJid } from './whatsapp-jid.js';

interface Query {
  where?: {
    key?: { id?: string; remoteJid?: string; fromMe?: boolean };
    messageTimestamp?: { gte?: string; lte?: string };
  };
  page?: number;
  offset?: number;
}

/**
 * `POST /chat/findMessages/{instance}`, newest first. `offset` is the page's size. The time
 * window counts only when both of its ends are given. Everything kept was sent by us.
 */
export function findMessages(body: unknown, inbox: Inbox): Answer {
  const { where, page = 1, offset = 50 } = (body ?? {}) as Query;
  const found = inbox
    .list({ channel: 'whatsapp' })
    .filter((message) => fits(message, where))
    .reverse();
  return json(200, {
    messages: {
      total: found.length,
      pages: Math.ceil(found.length / offset),
      currentPage: page,
      records: found.slice((page - 1) * offset, page * offset).map(toRecord),
    },
  });
}

function fits(message: ArrivedMessage, where: Query['where']): boolean {
  const { id, remoteJid } = where?.key ?? {};
  const { gte, lte } = where?.messageTimestamp ?? {};
  const second = Math.floor(message.atMs / 1000);
  return (
    (!id || message.messageId === id) &&
    (!remoteJid || whatsappJid(message.to) === remoteJid) &&
    (!gte || !lte || (second >= seconds(gte) && second <= seconds(lte)))
  );
}

function seconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

function toRecord(message: ArrivedMessage) {
  return {
    id: String(message.id),
    key: { id: message.messageId, fromMe: true, remoteJid: whatsappJid(message.to) },
    pushName: 'Você',
    messageType: 'conversation',
    message: { conversation: message.text },
    messageTimestamp: Math.floor(message.atMs / 1000),
    source: 'web',
    MessageUpdate: [],
  };
}
