import { describe, expect, test } from '@jest/globals';
import { aCommand, aHouse, someFacts } from '../testing/builders.js';
import { InMemoryDispatchStore } from '../testing/in-memory-dispatch-store.js';
import type { IdempotencyClaim } from './dispatch-command.js';
import { DispatchNotification } from './dispatch-notification.js';

function setUp() {
  const store = new InMemoryDispatchStore(someFacts());
  return { store, dispatch: new DispatchNotification(store, aHouse) };
}

function claimOf(body: string, given: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
  const bodyHash = new TextEncoder().encode(body);
  return { caller: 'core', operation: 'dispatch', key: 'key-1', bodyHash, ...given };
}

describe('an accepted event', () => {
  test('is committed, and answered with its recipients and channels', async () => {
    const { store, dispatch } = setUp();
    const result = await dispatch.execute(aCommand(), null);
    expect(result).toMatchObject({
      kind: 'accepted',
      replayed: false,
      receipt: {
        notifications: [{ recipientId: 'customer-001', channels: ['email', 'whatsapp', 'push'] }],
      },
    });
    expect(store.committed).toHaveLength(1);
  });

  test('does what its rehearsal said, and the rehearsal writes nothing', async () => {
    const { store, dispatch } = setUp();
    const rehearsed = await dispatch.rehearse(aCommand());
    expect(store.committed).toHaveLength(0);
    await dispatch.execute(aCommand(), null);
    expect(store.committed[0]?.plan).toEqual(rehearsed);
  });
});

describe('a refused event', () => {
  test('writes nothing and leaves its idempotency key free', async () => {
    const { store, dispatch } = setUp();
    const refused = await dispatch.execute(aCommand({ phase: 'x' }), claimOf('body'));
    expect(refused.kind).toBe('refused');
    const accepted = await dispatch.execute(aCommand(), claimOf('other body'));
    expect(accepted).toMatchObject({ kind: 'accepted', replayed: false });
    expect(store.committed).toHaveLength(1);
  });
});

describe('a repeat under the same idempotency key', () => {
  test('with the same body is given the first answer', async () => {
    const { store, dispatch } = setUp();
    const first = await dispatch.execute(aCommand(), claimOf('body'));
    const second = await dispatch.execute(aCommand(), claimOf('body'));
    expect(second).toEqual({ ...first, replayed: true });
    expect(store.committed).toHaveLength(1);
  });

  test.each(['other', 'body2', '', 'bodz'])('with body %j is told so', async (body) => {
    const { store, dispatch } = setUp();
    await dispatch.execute(aCommand(), claimOf('body'));
    expect(await dispatch.execute(aCommand(), claimOf(body))).toEqual({ kind: 'key_reused' });
    expect(store.committed).toHaveLength(1);
  });

  test('is given the first answer even where the event would now be refused', async () => {
    const { dispatch } = setUp();
    await dispatch.execute(aCommand(), claimOf('body'));
    const repeat = await dispatch.execute(aCommand({ phase: 'x' }), claimOf('body'));
    expect(repeat).toMatchObject({ kind: 'accepted', replayed: true });
  });

  test.each([{ caller: 'other' }, { operation: 'other' }, { key: 'other' }])(
    'is a new event for %j',
    async (other) => {
      const { store, dispatch } = setUp();
      await dispatch.execute(aCommand(), claimOf('body'));
      await dispatch.execute(aCommand(), claimOf('body', other));
      expect(store.committed).toHaveLength(2);
    },
  );

  test('at the same moment commits one event and answers both alike', async () => {
    const { store, dispatch } = setUp();
    const both = await Promise.all([
      dispatch.execute(aCommand(), claimOf('body')),
      dispatch.execute(aCommand(), claimOf('body')),
    ]);
    expect(both).toMatchObject([
      { kind: 'accepted', replayed: false, receipt: { eventId: 'event-1' } },
      { kind: 'accepted', replayed: true, receipt: { eventId: 'event-1' } },
    ]);
    expect(store.committed).toHaveLength(1);
  });

  test('at the same moment with another body is told so', async () => {
    const { store, dispatch } = setUp();
    const both = await Promise.all([
      dispatch.execute(aCommand(), claimOf('body')),
      dispatch.execute(aCommand(), claimOf('other')),
    ]);
    expect(both.map(({ kind }) => kind)).toEqual(['accepted', 'key_reused']);
    expect(store.committed).toHaveLength(1);
  });
});
