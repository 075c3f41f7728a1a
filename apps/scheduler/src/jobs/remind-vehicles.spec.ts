import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ReminderRig } from '../testing/reminder-rig.js';

let rig: ReminderRig;
beforeAll(async () => {
  rig = await ReminderRig.open();
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const query = (sql: string) => rig.query(sql);
const remind: ReminderRig['remind'] = (days, made) => rig.remind(days, made);
const run = () => rig.run();
const events = () => rig.events();
const notices = () => rig.notices();

describe('the vehicles of a customer', () => {
  test('that are due on one morning stand in one message, whichever notice is theirs', async () => {
    const haval = await remind(14);
    const kia = await remind(-14, { vehicleId: 'kia-carlos' });
    await remind(5, { vehicleId: 'kia-carlos' });
    expect(await run()).toEqual({ looked_at: 2, dispatched: 1, refused: 0, failed: 0 });
    const [event] = await events();
    expect(event).toMatchObject({
      vehicle_id: null,
      context: {
        Vehículo: 'Kia Rio 2020 y Haval H6 2024',
        Placa: 'XYZ987 y ABC123',
        Fecha: '24 de febrero de 2027 y 24 de marzo de 2027',
      },
      business_key: expect.stringMatching(/^reminders:[0-9a-f]{64}$/),
    });
    expect(await notices()).toEqual([
      expect.objectContaining({ reminder_id: haval, offset_days: -14, event_id: event.id }),
      expect.objectContaining({ reminder_id: kia, offset_days: 14, event_id: event.id }),
    ]);
    expect(await query('SELECT count(*)::int FROM message')).toEqual([{ count: 1 }]);
  });

  test('are told of apart for another service', async () => {
    await remind(0);
    await remind(0, { vehicleId: 'kia-carlos', serviceType: 'averia-revision' });
    expect(await run()).toMatchObject({ looked_at: 2, dispatched: 2 });
  });

  test('that come later in a day do not call back what was sent of the others', async () => {
    await remind(0);
    await run();
    await remind(0, { vehicleId: 'kia-carlos' });
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect(await query('SELECT DISTINCT state FROM notification')).toEqual([
      { state: 'in_progress' },
    ]);
  });
});
