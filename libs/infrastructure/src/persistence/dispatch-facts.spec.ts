import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import {
  aClaim,
  accept,
  anEvent,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';

let database: SeededDatabase;
let process: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource, ['jefe@example.com']);
});
afterAll(() => database.close());
afterEach(() =>
  database.dataSource.query(`
    DELETE FROM customer_preference; DELETE FROM suppressed_address;
    UPDATE customer SET taller_id = NULL; DELETE FROM taller;
    UPDATE push_subscription SET ended_at = NULL`),
);

const factsOf = async (changes: Partial<DispatchCommand> = {}) =>
  (await process.store.read(anEvent(changes), null)).facts;
const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

describe('the facts of a dispatch', () => {
  test('a customer comes with every address, devices from the oldest on', async () => {
    const { customer } = await factsOf();
    expect(customer).toMatchObject({
      tallerId: null,
      recipient: { kind: 'customer', id: 'carlos', name: 'Carlos Mendoza', suppressed: [] },
    });
    expect(customer?.recipient.addresses).toEqual([
      { channel: 'email', email: 'carlos@example.com' },
      { channel: 'whatsapp', phone: '+593990000001' },
      expect.objectContaining({ channel: 'push', endpoint: 'https://push.example.com/1' }),
      expect.objectContaining({ channel: 'push', p256dh: 'p2', auth: 'a2' }),
    ]);
  });

  test('a customer without contact has no address, and who is nobody is nobody', async () => {
    expect((await factsOf({ customerId: 'mudo' })).customer?.recipient.addresses).toEqual([]);
    expect((await factsOf({ customerId: 'nadie' })).customer).toBeNull();
  });

  test('preferences tell what was said, and nothing about what was not', async () => {
    await query(`INSERT INTO customer_preference VALUES
      ('carlos', 'email', false, NULL, NULL), ('carlos', 'push', true, 2, now())`);
    expect((await factsOf()).customer?.recipient.preferences).toEqual({
      email: { enabled: false, priority: null, consentWithdrawn: false },
      push: { enabled: true, priority: 2, consentWithdrawn: true },
    });
  });

  test('an address is suppressed while its mark lasts, on its own channel alone', async () => {
    await query(`INSERT INTO suppressed_address (channel, address, reason, until) VALUES
      ('email', 'carlos@example.com', 'smtp_550', now() - interval '1 second'),
      ('email', '+593990000001', 'smtp_550', 'infinity'),
      ('whatsapp', '+593990000001', 'not_on_whatsapp', 'infinity')`);
    expect((await factsOf()).customer?.recipient.suppressed).toEqual(['whatsapp']);
  });

  test('a subscription that ended is no address any more', async () => {
    await query(`UPDATE push_subscription SET ended_at = now() WHERE p256dh = 'p1'`);
    const addresses = (await factsOf()).customer?.recipient.addresses ?? [];
    expect(addresses.filter(({ channel }) => channel === 'push')).toHaveLength(1);
  });

  test('a vehicle is told to its owner alone', async () => {
    const vehicleId = 'vehicle-carlos';
    expect((await factsOf({ vehicleId })).vehicle).toEqual({
      id: vehicleId,
      plate: 'ABC123',
      description: 'Haval H6 2024',
    });
    expect((await factsOf({ vehicleId, customerId: 'ana' })).vehicle).toBeNull();
    expect((await factsOf({ vehicleId: 'none' })).vehicle).toBeNull();
  });

  test('what is read at the same moment comes back to whoever asked', async () => {
    const names = ['ana', 'carlos', 'nadie', 'mudo', 'ana', 'carlos'];
    const facts = await Promise.all(names.map((customerId) => factsOf({ customerId })));
    expect(facts.map(({ customer }) => customer?.recipient.id ?? 'nadie')).toEqual(names);
  });

  test('an earlier answer is found under its own caller, operation and key', async () => {
    const receipt = await accept(process, {}, aClaim('first'));
    const earlier = async (changes: Partial<ReturnType<typeof aClaim>>) =>
      (await process.store.read(anEvent(), { ...aClaim('first'), ...changes })).earlier;
    expect(await earlier({})).toEqual({ bodyHash: Buffer.from('body'), receipt });
    expect(await earlier({ caller: 'other' })).toBeNull();
    expect(await earlier({ operation: 'other' })).toBeNull();
    expect(await earlier({ key: 'other' })).toBeNull();
  });
});

describe('the staff of a dispatch', () => {
  const norte = '0190aaaa-0000-7000-8000-000000000001';
  const sur = '0190aaaa-0000-7000-8000-000000000002';
  const staffOf = async (changes: Partial<DispatchCommand> = {}) =>
    (await factsOf({ target: 'staff', ...changes })).staff.map(({ kind, name }) => [kind, name]);

  const addStaff = () =>
    query(`
      INSERT INTO taller (id, slug, name) VALUES ('${norte}', 'norte', 'Norte'), ('${sur}', 'sur', 'Sur');
      INSERT INTO staff_member (id, taller_id, name, email, is_active, created_at) VALUES
        (gen_random_uuid(), '${norte}', 'Lucía', 'lucia@example.com', true, '2026-01-02'),
        (gen_random_uuid(), '${norte}', 'Juan', NULL, true, '2026-01-01'),
        (gen_random_uuid(), '${norte}', 'Se Fue', 'x@example.com', false, '2026-01-01'),
        (gen_random_uuid(), '${norte}', 'De Entrega', 'y@example.com', true, '2026-01-01'),
        (gen_random_uuid(), '${sur}', 'Vecina', 'z@example.com', true, '2026-01-01');
      INSERT INTO staff_phase
        SELECT m.id, p.id FROM staff_member m JOIN phase p
          ON p.slug = CASE m.name WHEN 'De Entrega' THEN 'phase-delivery' ELSE 'phase-schedule' END`);

  test('are the active members of the workshop who follow the phase', async () => {
    await addStaff();
    const followers = [
      ['staff', 'Juan'],
      ['staff', 'Lucía'],
    ];
    expect(await staffOf({ tallerId: 'norte' })).toEqual(followers);
    expect(await staffOf({ tallerId: norte })).toEqual(followers);
    await query(`UPDATE customer SET taller_id = '${norte}' WHERE id = 'carlos'`);
    expect(await staffOf()).toEqual(followers);
    expect(await staffOf({ tallerId: 'sur' })).toEqual([['staff', 'Vecina']]);
  });

  test('are the admin mailboxes where nobody follows, or there is no workshop', async () => {
    await addStaff();
    const admins = [['admin', 'jefe@example.com']];
    expect(await staffOf()).toEqual(admins);
    expect(await staffOf({ tallerId: 'norte', phase: 'phase-repair' })).toEqual(admins);
    expect(await staffOf({ tallerId: 'ninguno' })).toEqual(admins);
  });

  test('are not looked for when the customer is told', async () => {
    expect((await factsOf()).staff).toEqual([]);
  });
});
