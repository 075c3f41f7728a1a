import type { DataSource } from 'typeorm';
import type { DispatchCommand, IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import type { Receipt } from '#domain/dispatch/receipt.js';
import type { AttemptResult, ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { createDataSource } from '../persistence/data-source.js';
import { Outbox } from '../persistence/outbox.js';
import { PostgresDeliveryLedger } from '../persistence/postgres-delivery-ledger.js';
import { PostgresDispatchStore } from '../persistence/postgres-dispatch-store.js';
import { loadSeed } from '../persistence/seed/load-seed.js';
import { SetupCache } from '../persistence/setup-cache.js';
import { LiquidTemplateEngine } from '../templates/liquid-template-engine.js';
import { createTestDatabase } from './test-database.js';

export interface SeededDatabase {
  url: string;
  dataSource: DataSource;
  /** Another process' connections. */
  open(poolSize?: number): Promise<DataSource>;
  close(): Promise<void>;
}

/** A database of its own with the workshop's data, and {@link people}. */
export async function openSeededDatabase(): Promise<SeededDatabase> {
  const database = await createTestDatabase();
  const opened: DataSource[] = [];
  const open = async (poolSize = 6) => {
    const options = { applicationName: 'test' };
    const dataSource = createDataSource({ url: database.url, poolSize }, options);
    opened.push(await dataSource.initialize());
    return dataSource;
  };
  const dataSource = await open();
  await loadSeed(dataSource, { force: false });
  await dataSource.query(people);
  return {
    url: database.url,
    dataSource,
    open,
    close: async () => {
      for (const one of opened) await one.destroy();
      await database.drop();
    },
  };
}

/** `carlos` is reached by WhatsApp, two devices and e-mail; `ana` by e-mail alone; `mudo` by none. */
export const people = `
  INSERT INTO customer (id, name, email, phone) VALUES
    ('carlos', 'Carlos Mendoza', 'carlos@example.com', '+593990000001'),
    ('ana', 'Ana Paredes', 'ana@example.com', NULL),
    ('mudo', 'Sin Contacto', NULL, NULL);
  INSERT INTO vehicle (id, customer_id, plate, make, model, year) VALUES
    ('vehicle-carlos', 'carlos', 'ABC123', 'Haval', 'H6', 2024);
  INSERT INTO push_subscription (id, customer_id, endpoint, p256dh, auth, created_at) VALUES
    ('0190aaaa-0000-7000-8000-000000000011', 'carlos', 'https://push.example.com/1', 'p1', 'a1',
      '2026-01-01'),
    ('0190aaaa-0000-7000-8000-000000000012', 'carlos', 'https://push.example.com/2', 'p2', 'a2',
      '2026-01-02');
`;

/** The objects that one process works with, wired as it wires them. */
export function aProcess(dataSource: DataSource, adminEmails: readonly string[] = []) {
  const woken: { id: string; channel: string }[] = [];
  const wakeUps = {
    wake: (messages: readonly { id: string; channel: string }[]) => void woken.push(...messages),
  };
  const setups = new SetupCache(dataSource, new LiquidTemplateEngine());
  const store = new PostgresDispatchStore(dataSource, setups, adminEmails, wakeUps);
  const house = { frontendUrl: 'https://app.example.com', defaultTallerName: 'Ambacar Service' };
  const dispatch = new DispatchNotification(store, house);
  const ledger = new PostgresDeliveryLedger(dataSource, wakeUps);
  const outbox = new Outbox(dataSource);
  return { dataSource, woken, setups, store, dispatch, ledger, outbox };
}

export type TestProcess = ReturnType<typeof aProcess>;

export function anEvent(changes: Partial<DispatchCommand> = {}): DispatchCommand {
  return {
    eventType: 'appointment_scheduled',
    serviceType: 'mantenimiento-preventivo',
    subtype: null,
    phase: 'phase-schedule',
    target: 'clients',
    customerId: 'carlos',
    vehicleId: null,
    tallerId: null,
    context: {
      nombre: 'Carlos Mendoza',
      placa: 'ABC123',
      vehiculo: 'Haval H6 2024',
      fecha: '20 de Enero, 2026',
      hora: '14:30',
    },
    businessKey: null,
    validUntil: null,
    scheduledFor: null,
    priority: 'normal',
    critical: false,
    requestId: null,
    ...changes,
  };
}

export function aClaim(key: string, body = 'body'): IdempotencyClaim {
  return { caller: 'caller', operation: 'test', key, bodyHash: Buffer.from(body) };
}

/** Dispatches an event that must be accepted. */
export async function accept(
  { dispatch }: TestProcess,
  changes: Partial<DispatchCommand> = {},
  claim: IdempotencyClaim | null = null,
): Promise<Receipt> {
  const result = await dispatch.execute(anEvent(changes), claim);
  if (result.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result.receipt;
}

/** Dispatches an event and claims its first channel's messages. */
export async function acceptAndClaim(
  process: TestProcess,
  changes: Partial<DispatchCommand> = {},
): Promise<ClaimedMessage[]> {
  const { notifications } = await accept(process, changes);
  const messages = await process.dataSource.query<{ id: string }[]>(
    'SELECT id FROM message WHERE notification_id = ANY($1::uuid[])',
    [notifications.map(({ notificationId }) => notificationId)],
  );
  return process.ledger.claim(
    messages.map(({ id }) => id),
    60_000,
  );
}

/** An attempt's end, as the domain would have decided it. */
export function ended(
  message: ClaimedMessage,
  kind: 'sent' | 'retry' | 'next_rung',
  changes: Partial<AttemptResult> = {},
): AttemptResult {
  const results: Record<typeof kind, Pick<AttemptResult, 'outcome' | 'step'>> = {
    sent: {
      outcome: { kind: 'accepted', providerMessageId: 'provider-1', detail: 'taken' },
      step: { kind: 'done' },
    },
    retry: {
      outcome: { kind: 'transient', code: 'smtp_451', detail: 'later' },
      step: { kind: 'retry', delayMs: 0, lookUpFirst: false },
    },
    next_rung: {
      outcome: { kind: 'permanent_message', code: 'smtp_554', detail: 'never' },
      step: { kind: 'next_rung', because: 'refused_for_good' },
    },
  };
  return { message, durationMs: 5, ...results[kind], ...changes };
}
