import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holdRows } from '../testing/hold-rows.js';
import {
  accept,
  acceptAndClaim,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '../testing/seeded-database.js';
import { EventsRepository } from './events.repository.js';

let database: SeededDatabase;
beforeAll(async () => {
  database = await openSeededDatabase();
});
afterAll(() => database.close());

test('an event, its messages and its timeline are told as of one moment', async () => {
  const process = aProcess(database.dataSource);
  const [message] = await acceptAndClaim(process);
  if (!message) throw new Error('nothing was claimed');
  const [{ event_id: id }] = await database.dataSource.query(
    'SELECT event_id FROM notification WHERE id = $1',
    [message.notificationId],
  );

  // The attempt's end is committed while the reader stands between the messages and the timeline.
  const recording = await holdRows(
    database.dataSource,
    `LOCK TABLE timeline IN ACCESS EXCLUSIVE MODE;
     UPDATE message SET state = 'sent' WHERE id = '${message.id}';
     INSERT INTO timeline (notification_id, message_id, kind)
     VALUES ('${message.notificationId}', '${message.id}', 'attempt_ended')`,
  );
  const reading = new EventsRepository(database.dataSource).detail(null, id);
  await recording.someoneWaits();
  await recording.commit();

  const told = await reading;
  expect(told?.messages.map(({ state }) => state)).toEqual(['sending']);
  expect(told?.timeline.map(({ kind }) => kind)).toEqual(['attempt_started']);
});

test('an event of another workshop is not told', async () => {
  const events = new EventsRepository(database.dataSource);
  const { eventId } = await accept(aProcess(database.dataSource), { customerId: 'ana' });
  expect((await events.detail(null, eventId))?.messages).toHaveLength(1);
  expect(await events.detail('0190aaaa-0000-7000-8000-0000000000ff', eventId)).toBeNull();
});
