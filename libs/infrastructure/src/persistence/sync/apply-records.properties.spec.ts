import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import {
  aCoreCustomer,
  aCoreVehicle,
  openSyncRig,
  type SyncRig,
  settle,
} from '../../testing/sync-rig.js';
import type { SyncPayload } from './sync-tasks.js';

let rig: SyncRig;
beforeAll(async () => {
  rig = await openSyncRig();
});
afterAll(() => rig.close());

type Said = { kind: 'customers'; record: CoreCustomer } | { kind: 'vehicles'; record: CoreVehicle };

// Few ids and versions, so that records meet: the same version with other words among them.
const customerId = fc.constantFrom('c1', 'c1', 'c1', 'c2');
const version = fc.integer({ min: 1, max: 4 });
const preference = fc.record({
  enabled: fc.boolean(),
  priority: fc.option(fc.integer({ min: 1, max: 3 })),
});
const saidOfCustomer: fc.Arbitrary<Said> = fc
  .record({
    id: customerId,
    version,
    name: fc.constantFrom('Ana', 'Luz'),
    gone: fc.integer({ min: 0, max: 2 }).map((dice) => dice === 0),
    email: fc.option(preference),
  })
  .map(({ id, version: number, name, gone, email }) => ({
    kind: 'customers',
    record: aCoreCustomer(id, number, {
      name,
      preferences: email && !gone ? { email } : {},
      ...(gone ? { body: null } : {}),
    }),
  }));
const saidOfVehicle: fc.Arbitrary<Said> = fc
  .record({ id: fc.constantFrom('v1', 'v1', 'v2'), version, owner: fc.option(customerId) })
  .map(({ id, version: number, owner }) => ({
    kind: 'vehicles',
    record: aCoreVehicle(id, number, owner),
  }));

/** Cuts what is said into payloads of one kind, in the order in which it is said. */
function cut(said: readonly Said[], sizes: readonly number[]): SyncPayload[] {
  const payloads: SyncPayload[] = [];
  let size = 0;
  for (const { kind, record } of said) {
    const last = payloads.at(-1);
    const wanted = sizes[payloads.length % sizes.length] ?? 1;
    if (last && last.kind === kind && size < wanted) {
      last.records.push(record as CoreCustomer & CoreVehicle);
      size += 1;
    } else {
      payloads.push({ kind, records: [record] } as SyncPayload);
      size = 1;
    }
  }
  return payloads;
}

test('records end in the same rows whatever their order, their payloads and who works at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.oneof(saidOfCustomer, saidOfVehicle), { minLength: 1, maxLength: 10 })
        .chain((said) => {
          const all = { minLength: said.length, maxLength: said.length };
          return fc.tuple(
            fc.constant(said),
            fc.array(
              fc.record({
                said: fc.shuffledSubarray(said, all),
                sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
                atOnce: fc.boolean(),
              }),
              { minLength: 3, maxLength: 3 },
            ),
          );
        }),
      async ([said, ways]) => {
        await rig.clear();
        await rig.send(...cut(said, [1]));
        const expected = await rig.rows();
        for (const way of ways) {
          await rig.clear();
          const payloads = cut(way.said, way.sizes);
          if (!way.atOnce) await rig.send(...payloads);
          else {
            for (const payload of payloads) await rig.workers[0]?.add(payload);
            await settle(rig.workers);
          }
          expect(await rig.rows()).toEqual(expected);
        }
        // Nothing of a person stays behind in a task that is done.
        expect(
          await rig.query(`SELECT FROM sync_task WHERE state = 'done' AND payload IS NOT NULL`),
        ).toEqual([]);
      },
    ),
    { numRuns: 50 },
  );
}, 120_000);
