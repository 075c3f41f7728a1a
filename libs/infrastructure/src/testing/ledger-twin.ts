import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { ReceiptKind } from '#domain/delivery/receipts.js';
import type { Rung } from '#domain/dispatch/plan.js';
import type { AttemptResult, ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { InMemoryLedger } from '#domain/testing/in-memory-ledger.js';
import { advanceLadders } from '../persistence/advance-ladders.js';
import { cancelEvent } from '../persistence/cancel-event.js';
import { Outbox } from '../persistence/outbox.js';
import { PostgresDeliveryLedger } from '../persistence/postgres-delivery-ledger.js';
import { Receipts } from '../persistence/receipts/receipts.js';
import { stopChannel } from '../persistence/stop-channel.js';

/** By so much time passes at once. */
export const tickMs = 600_000;
/** Half a tick off, so that no real moment between two statements decides what is due. */
const leaseMs = 1.5 * tickMs;
/** Postgres has to be up for longer before anything is taken over. */
const takenOverForMs = 1000;

export interface TwinNotification {
  ladder: Rung[];
  validForMs: number | null;
}

/** What is done to both; `which` and `how` choose among what there is. */
export interface TwinStep {
  kind: TwinStepKind;
  which: number;
  how: number;
}
export type TwinStepKind =
  | 'claim'
  | 'record'
  | 'receive'
  | 'take_over'
  | 'renew'
  | 'advance'
  | 'expire'
  | 'cancel'
  | 'withdraw'
  | 'pass';

interface Claim {
  memory: ClaimedMessage;
  real: ClaimedMessage;
}

/** The ledger of the simulation and that of Postgres, of which the same is asked. */
export class LedgerTwin {
  private readonly memory = new InMemoryLedger();
  private readonly real: PostgresDeliveryLedger;
  private readonly receipts: Receipts;
  private readonly names: string[] = [];
  private readonly claims: Claim[] = [];
  private readonly said = new Map<string, Set<ReceiptKind>>();
  /** Real ids by the simulation's names. */
  private idOf = new Map<string, string>();

  private constructor(private readonly dataSource: DataSource) {
    const asleep = { wake: () => undefined };
    this.real = new PostgresDeliveryLedger(dataSource, asleep);
    this.receipts = new Receipts(dataSource, asleep);
  }

  static async of(
    dataSource: DataSource,
    notifications: readonly TwinNotification[],
  ): Promise<LedgerTwin> {
    await dataSource.query('TRUNCATE event, notification, message, receipt, dead_letter');
    const twin = new LedgerTwin(dataSource);
    for (const [index, notification] of notifications.entries()) {
      await twin.add(`n${index}`, notification);
    }
    return twin;
  }

  /** Does one thing to both. */
  async step({ kind, which, how }: TwinStep): Promise<void> {
    const name = this.names[which % this.names.length] ?? '';
    const claim = this.claims[which % Math.max(1, this.claims.length)];
    const { interruptions } = this.memory;
    switch (kind) {
      case 'claim':
        return this.claim(name);
      case 'record':
        return claim && this.record(claim, how);
      case 'renew':
        if (!claim) return;
        await this.memory.renew([claim.memory], leaseMs);
        await this.real.renew([claim.real], leaseMs);
        return;
      case 'receive':
        return this.receive(which, how);
      case 'take_over':
        await this.pass();
        this.pair(
          await this.memory.takeOverLost(100, takenOverForMs, takenOverForMs),
          await this.real.takeOverLost(100, takenOverForMs, takenOverForMs),
        );
        return;
      case 'advance':
        // A rung that waits for an answer is looked at again after two seconds.
        await this.pass();
        interruptions.advance();
        await advanceLadders(this.dataSource, 100);
        return;
      case 'expire':
        interruptions.expire();
        await new Outbox(this.dataSource).expire(100);
        return;
      case 'cancel':
        interruptions.stop(name, 'canceled');
        await this.dataSource.transaction((manager) => cancelEvent(manager, this.idIn(name)));
        return;
      case 'withdraw': {
        const channel: Channel = channels[how % channels.length] ?? 'email';
        interruptions.withdraw(name, channel);
        await this.dataSource.transaction((manager) => stopChannel(manager, name, channel));
        return;
      }
      case 'pass':
        return this.pass();
    }
  }

  /** What both hold now, line by line. */
  async compare(): Promise<{ memory: string[]; real: string[] }> {
    const rows: { name: string; id: string | null; told: string }[] =
      await this.dataSource.query(readStates);
    this.idOf = new Map(rows.flatMap(({ name, id }) => (id === null ? [] : [[name, id]])));
    const { ladders, nowMs } = this.memory;
    const messages = [...ladders.messages.values()].map((kept) => {
      const isDue = kept.state === 'queued' && kept.dueAtMs <= nowMs && kept.validUntilMs > nowMs;
      const facts = [kept.attempts, kept.fence, kept.losses, kept.uncounted, kept.lookUpFirst];
      return `${kept.id} ${[kept.state, ...facts, isDue].join(' ')}`;
    });
    const ends = [...ladders.notifications.values()].map(({ id, state }) => `${id} ${state}`);
    return {
      memory: [...messages, ...ends].sort(),
      real: rows.map(({ name, told }) => `${name} ${told}`).sort(),
    };
  }

  private async add(name: string, { ladder, validForMs }: TwinNotification): Promise<void> {
    this.names.push(name);
    this.memory.add(name, ladder, validForMs ?? undefined);
    const [first] = ladder;
    const id = uuidv7();
    this.idOf.set(name, id);
    await this.dataSource.query(insertNotification, [
      id,
      name,
      JSON.stringify(ladder),
      validForMs,
      first?.addresses.map(() => uuidv7()),
      first?.addresses.map((address) => JSON.stringify(address)),
      first?.channel,
      first?.advanceAfterMs ?? null,
      first?.advanceUntil ?? null,
    ]);
  }

  private async claim(name: string): Promise<void> {
    const kept = this.memory.ladders.messagesOf(name).map(({ id }) => id);
    const ids = kept.map((one) => this.idIn(one));
    this.pair(await this.memory.claim(kept, leaseMs), await this.real.claim(ids, leaseMs));
  }

  private async record({ memory, real }: Claim, how: number): Promise<void> {
    const ends = endings[how % endings.length] ?? accepted;
    await this.memory.record({ message: memory, durationMs: 1, ...ends });
    await this.real.record({ message: real, durationMs: 1, ...ends });
  }

  private async receive(which: number, how: number): Promise<void> {
    const names = [...this.memory.messages.keys()];
    const name = names[which % names.length] ?? '';
    const before = this.said.get(name) ?? new Set();
    const kinds = (receiptSets[how % receiptSets.length] ?? []).filter((kind) => !before.has(kind));
    const subject = `message:${this.idIn(name)}`;
    await this.dataSource.query(insertReceipts, [subject, kinds]);
    await this.receipts.applyDue(100);
    this.said.set(name, new Set([...before, ...kinds]));
    this.memory.interruptions.receive(name, ...(this.said.get(name) ?? []));
  }

  private async pass(): Promise<void> {
    this.memory.nowMs += tickMs;
    await this.dataSource.query(age, [tickMs]);
  }

  private pair(memory: readonly ClaimedMessage[], real: readonly ClaimedMessage[]): void {
    for (const one of memory) {
      const other = real.find(({ id }) => id === this.idIn(one.id));
      if (other) this.claims.push({ memory: one, real: other });
    }
  }

  private idIn(name: string): string {
    const id = this.idOf.get(name);
    if (!id) throw new Error(`Postgres has no ${name}`);
    return id;
  }
}

const said = { code: 'some_code', detail: 'what was said' };
const accepted: Pick<AttemptResult, 'outcome' | 'step'> = {
  outcome: { kind: 'accepted', providerMessageId: null, detail: 'taken' },
  step: { kind: 'done' },
};
const retry = (delayMs: number, lookUpFirst: boolean): typeof accepted => ({
  outcome: { kind: 'transient', ...said },
  step: { kind: 'retry', delayMs, lookUpFirst },
});
const endings: (typeof accepted)[] = [
  accepted,
  accepted,
  retry(0, false),
  retry(1.5 * tickMs, true),
  {
    outcome: { kind: 'unknown', ...said, code: 'worker_lost' },
    step: { kind: 'retry', delayMs: 0, lookUpFirst: true },
  },
  {
    outcome: { kind: 'transient', ...said },
    step: { kind: 'retry', delayMs: 0.5 * tickMs, lookUpFirst: false, uncounted: true },
  },
  {
    outcome: { kind: 'permanent_message', ...said },
    step: { kind: 'next_rung', because: 'refused_for_good' },
  },
  {
    outcome: { kind: 'transient', ...said },
    step: { kind: 'next_rung', because: 'retries_used_up' },
  },
];
const receiptSets: ReceiptKind[][] = [
  ['delivered'],
  ['read'],
  ['bounced'],
  ['delayed'],
  ['bounced', 'delivered'],
  ['delivered', 'read'],
];

const insertNotification = `
  WITH e AS (
    INSERT INTO event (id, event_type, service_type_id, phase_id, target, customer_id, context,
      valid_until)
    VALUES ($1, 'twin', $1, $1, 'clients', $2, '{}', clock_timestamp() + $4::float8 * interval '1 ms')
    RETURNING valid_until
  ), n AS (
    INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name,
      variables, ladder, decision)
    VALUES ($1, $1, 'customer', $2, $2, '{}', $3, '[]')
  )
  INSERT INTO message (id, notification_id, event_type, rung, channel, address,
    template_version_id, valid_until, advance_at, advance_until)
  SELECT m.id, $1, 'twin', 0, $7, m.address, $1, e.valid_until,
    clock_timestamp() + $8::float8 * interval '1 ms', $9
  FROM e, unnest($5::uuid[], $6::jsonb[]) AS m(id, address)
`;

const insertReceipts = `
  WITH held AS (
    UPDATE receipt SET due_at = CASE WHEN subject = $1 THEN clock_timestamp()
      ELSE clock_timestamp() + interval '1 day' END
    WHERE applied_at IS NULL
  )
  INSERT INTO receipt (subject, kind) SELECT $1, unnest($2::text[])
`;

/** Instead of the clock that goes on, all that is written goes back. */
const age = `
  WITH events AS (
    UPDATE event SET valid_until = valid_until - $1 * interval '1 ms'
  )
  UPDATE message SET due_at = due_at - $1 * interval '1 ms',
    lease_until = lease_until - $1 * interval '1 ms',
    valid_until = valid_until - $1 * interval '1 ms',
    advance_at = advance_at - $1 * interval '1 ms'
`;

const readStates = `
  SELECT n.recipient_id || '/' || m.rung || '/' ||
      row_number() OVER (PARTITION BY m.notification_id, m.rung ORDER BY m.id) - 1 AS name, m.id,
    concat_ws(' ', m.state, m.attempts, m.fence, m.losses, m.uncounted,
      CASE WHEN m.look_up_first THEN 'true' ELSE 'false' END,
      CASE WHEN m.state = 'queued' AND m.due_at <= clock_timestamp()
        AND coalesce(m.valid_until > clock_timestamp(), true) THEN 'true' ELSE 'false' END) AS told
  FROM message m JOIN notification n ON n.id = m.notification_id
  UNION ALL
  SELECT recipient_id, id, state FROM notification
`;
