import type { DataSource, EntityManager } from 'typeorm';
import type { Address } from '#domain/customers/recipient.js';
import type { AdvanceGoal, MessageState } from '#domain/delivery/climb-ladder.js';
import {
  afterReceipt,
  closesLadder,
  mustWait,
  type ReceiptKind,
} from '#domain/delivery/receipts.js';
import { climb, type LockedNotification, type MadeMessage } from '../start-rung.js';
import { suppressAddress } from '../suppress-address.js';
import { retryDeadlocks } from '../transient-errors.js';
import type { WakeUps } from '../wake-ups.js';
import * as sql from './receipt-statements.js';

/** A receipt whose time has come, with the message that it is about. */
export interface DueReceipt {
  subject: string;
  kind: ReceiptKind;
  code: string | null;
  detail: string | null;
  address_is_wrong: boolean;
  received_at: Date;
}

interface ReceiptedMessage {
  id: string;
  notification_id: string;
  channel: Address['channel'];
  rung: number;
  state: MessageState;
  address: Address;
  advance_until: AdvanceGoal | null;
}

/** A message with all that was said of it at one time, and the state to which that leads. */
interface Reading {
  message: ReceiptedMessage;
  receipts: DueReceipt[];
  after: MessageState;
}

/**
 * Applies what providers say of messages that they took: states go on, ladders are closed by what
 * arrived and go on from what bounced, and the timeline tells it. A receipt of a message that is
 * not recorded as sent yet waits for it.
 */
export class Receipts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeUps: WakeUps,
  ) {}

  /** Looks at the receipts that are due, at most `limit`; gives back how many there were. */
  async applyDue(limit: number): Promise<number> {
    const [due] = await this.dataSource.query<[DueReceipt[], number]>(sql.takeDue, [limit]);
    if (due.length === 0) return 0;
    const messageOf = await this.matched(due);
    const known = due.filter(({ subject }) => messageOf.has(subject));
    if (known.length > 0) {
      const woken = await retryDeadlocks(() =>
        this.dataSource.transaction((manager) => apply(manager, known, messageOf)),
      );
      this.wakeUps.wake(woken);
    }
    return due.length;
  }

  /** Message and notification by subject. */
  private async matched(due: readonly DueReceipt[]): Promise<Map<string, sql.Match>> {
    const subjects = due.map(({ subject }) => subject.split(/:(.*)/s));
    const named = (kind: string) =>
      subjects.flatMap(([prefix, name = '']) => (prefix === kind ? [name] : []));
    const rows = await this.dataSource.query<sql.Match[]>(sql.match, [
      named('whatsapp'),
      named('message'),
    ]);
    return new Map(rows.map((row) => [row.subject, row]));
  }
}

async function apply(
  manager: EntityManager,
  due: readonly DueReceipt[],
  messageOf: ReadonlyMap<string, sql.Match>,
): Promise<MadeMessage[]> {
  const matches = [...messageOf.values()];
  // The notifications first, as whoever moves one on does.
  const notifications = await manager.query<LockedNotification[]>(sql.lockNotifications, [
    matches.map(({ notification_id }) => notification_id),
  ]);
  const messages = await manager.query<ReceiptedMessage[]>(sql.lockMessages, [
    matches.map(({ message_id }) => message_id),
  ]);
  const readings = messages
    .filter(({ state }) => !mustWait(state))
    .map((message): Reading => {
      const receipts = due.filter(
        ({ subject }) => messageOf.get(subject)?.message_id === message.id,
      );
      const after = receipts.reduce((state, { kind }) => afterReceipt(state, kind), message.state);
      return { message, receipts, after };
    });
  await tell(manager, readings);
  const changed = readings.filter(({ message, after }) => after !== message.state);
  await moveOn(manager, changed);
  await closeLadders(manager, changed);
  return goOnFromBounces(manager, changed, notifications);
}

/** Whoever has told a receipt before, another process too, has told it for both. */
async function tell(manager: EntityManager, readings: readonly Reading[]): Promise<void> {
  const told = readings.flatMap(({ message, receipts }) =>
    receipts.map((receipt) => ({ message, receipt })),
  );
  await manager.query(sql.tell, [
    told.map(({ receipt }) => receipt.subject),
    told.map(({ receipt }) => receipt.kind),
    told.map(({ message }) => message.notification_id),
    told.map(({ message }) => message.id),
  ]);
}

async function moveOn(manager: EntityManager, changed: readonly Reading[]): Promise<void> {
  const at = (receipts: readonly DueReceipt[], kinds: readonly ReceiptKind[]) =>
    receipts
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ received_at }) => received_at)
      .sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
  await manager.query(sql.moveOn, [
    changed.map(({ message }) => message.id),
    changed.map(({ after }) => after),
    changed.map(({ receipts }) => receipts.find(({ kind }) => kind === 'bounced')?.code ?? null),
    changed.map(({ receipts }) => at(receipts, ['delivered', 'read'])),
    changed.map(({ receipts }) => at(receipts, ['read'])),
    changed.map(({ message, after }) => closesLadder(after, message.advance_until ?? 'sent')),
  ]);
}

/** What arrived ends the notification's way, unless its rung asks for more. */
async function closeLadders(manager: EntityManager, changed: readonly Reading[]): Promise<void> {
  const arrived = changed.filter(({ after }) => after === 'delivered' || after === 'read');
  if (arrived.length === 0) return;
  const closing = arrived.filter(({ message, after }) =>
    closesLadder(after, message.advance_until ?? 'sent'),
  );
  await manager.query(sql.stopLaterRungs, [
    closing.map(({ message }) => message.notification_id),
    closing.map(({ message }) => message.rung),
  ]);
  await manager.query(sql.arrive, [
    arrived.map(({ message }) => message.notification_id),
    arrived.map(({ after }) => after),
  ]);
}

async function goOnFromBounces(
  manager: EntityManager,
  changed: readonly Reading[],
  notifications: readonly LockedNotification[],
): Promise<MadeMessage[]> {
  const bounces = changed.flatMap(({ message, receipts, after }) => {
    const bounce = receipts.find(({ kind }) => kind === 'bounced');
    // Of somebody who was erased meanwhile there is nothing left to mark, and nobody to tell.
    if (after !== 'bounced' || !bounce || isForgotten(message.address)) return [];
    return { message, code: bounce.code ?? 'bounced', isWrong: bounce.address_is_wrong };
  });
  for (const { message, code, isWrong } of bounces) {
    if (isWrong) await suppressAddress(manager, message.address, code);
  }
  const woken: MadeMessage[] = [];
  for (const notification of notifications) {
    // Once, for all devices from which it came back: a climb looks at all messages, and what it
    // was told of the notification is true before it only.
    const last = bounces.findLast(({ message }) => message.notification_id === notification.id);
    if (!last) continue;
    const { id, channel } = last.message;
    const left = { id, channel, attempt: null };
    const detail = `${channel}: ${last.code}`;
    woken.push(...(await climb(manager, notification, left, { because: 'bounced', detail })));
  }
  return woken;
}

function isForgotten(address: Address): boolean {
  return Object.entries(address).every(([name, value]) => name === 'channel' || value === '');
}
