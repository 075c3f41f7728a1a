import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '#domain/reminders/calendar-date.js';
import { northId, ReminderRig, today } from '../testing/reminder-rig.js';

let rig: ReminderRig;
beforeAll(async () => {
  rig = await ReminderRig.open();
});
afterAll(() => rig.close());
beforeEach(() => rig.clear());

const query = (sql: string, parameters?: unknown[]) => rig.query(sql, parameters);
const remind: ReminderRig['remind'] = (days, made) => rig.remind(days, made);
const run = (day?: string, scheduler?: number) => rig.run(day, scheduler);
const events = () => rig.events();
const notices = () => rig.notices();

describe('the reminders of maintenance', () => {
  test('are dispatched on the days of notice, to who is due alone', async () => {
    for (const days of [14, 10, 20, -20]) await remind(days);
    expect(await run()).toEqual({ looked_at: 1, dispatched: 1, refused: 0, failed: 0 });
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event_type: 'maintenance_reminder',
      customer_id: 'carlos',
      vehicle_id: 'vehicle-carlos',
      target: 'clients',
      context: { Vehículo: 'Haval H6 2024', Placa: 'ABC123', Fecha: '24 de marzo de 2027' },
      business_key: expect.stringMatching(/^reminder:/),
    });
    expect(await query('SELECT DISTINCT channel, state FROM message')).toEqual([
      { channel: 'whatsapp', state: 'queued' },
    ]);
  });

  test('are given on their day by a job that runs every day from before to after', async () => {
    await remind(15);
    const days: number[] = [];
    for (let day = 0; day <= 35; day += 1) {
      const { dispatched } = await run(addDays(today, day));
      if (dispatched === 1) days.push(day - 15);
    }
    expect(days).toEqual([-14, -3, 0, 14]);
    // A reminder not yet sent gives way to the next one.
    expect(
      await query('SELECT state, count(*)::int FROM notification GROUP BY state ORDER BY state'),
    ).toEqual([
      { state: 'in_progress', count: 1 },
      { state: 'superseded', count: 3 },
    ]);
  });

  test('are made up for after days without a run, the latest alone', async () => {
    await remind(2);
    await remind(-1, { vehicleId: 'kia-carlos', serviceType: 'averia-revision' });
    await remind(6, { customerId: 'ana', vehicleId: 'vehicle-carlos' });
    expect(await run()).toMatchObject({ dispatched: 2 });
    expect(await notices()).toMatchObject([{ offset_days: -3, refusal: null }, { offset_days: 0 }]);
  });

  test('go by the days that the workshop has set', async () => {
    await query(`UPDATE taller SET reminder_offsets_days = '{-30,5}'`);
    await query(`UPDATE customer SET taller_id = $1 WHERE id = 'carlos'`, [northId]);
    await remind(1);
    const days: number[] = [];
    for (let day = -35; day <= 20; day += 1) {
      const { dispatched } = await run(addDays(today, day));
      if (dispatched === 1) days.push(day - 1);
    }
    expect(days).toEqual([-30, 5]);
    expect((await events())[0].taller_id).toBe(northId);
  });

  test('go by the kilometres where those come first', async () => {
    await remind(200);
    await query(`UPDATE reminder SET due_km = 10000, projected_on = $1`, [addDays(today, 3)]);
    expect(await run()).toMatchObject({ dispatched: 1 });
    expect((await events())[0].context.Fecha).toBe('13 de marzo de 2027');
    expect(await notices()).toMatchObject([{ due_on: '2027-03-13', offset_days: -3 }]);
  });

  test('stay silent for what is done, cancelled, gone, sold, or of a closed workshop', async () => {
    await remind(0, { status: 'completed' });
    await remind(0, { status: 'cancelled' });
    await remind(0, { customerId: 'ana' });
    expect(await run()).toMatchObject({ dispatched: 0, refused: 0 });

    await query(`UPDATE customer SET taller_id = $1 WHERE id = 'carlos'`, [northId]);
    await query('UPDATE taller SET is_active = false');
    await remind(0);
    expect(await run()).toMatchObject({ looked_at: 0 });
    await query('UPDATE taller SET is_active = true');
    expect(await run()).toMatchObject({ dispatched: 1 });

    await query(`INSERT INTO vehicle (id, customer_id, plate, make, model)
      VALUES ('going', 'carlos', 'GON001', 'MG', 'ZS')`);
    await remind(0, { vehicleId: 'going' });
    await query(`DELETE FROM vehicle WHERE id = 'going'`);
    expect(await run()).toMatchObject({ dispatched: 0, refused: 0 });
  });

  test('to who cannot be reached are noted with the reason, and not tried every day', async () => {
    await remind(0, { customerId: 'mudo', vehicleId: 'vehicle-mudo' });
    expect(await run()).toMatchObject({ dispatched: 0, refused: 1 });
    expect(await notices()).toMatchObject([{ event_id: null, refusal: 'no_reachable_channel' }]);
    expect(await run()).toMatchObject({ refused: 0 });
    expect(await run(addDays(today, 1))).toMatchObject({ refused: 0 });
  });

  test('repeat no notice when the due date moves by a month, and begin anew past it', async () => {
    await remind(14);
    await run();
    for (const [days, dispatched] of [
      [30, 0],
      [31, 1],
    ] as const) {
      await query(`UPDATE reminder SET due_on = $1`, [addDays(today, 14 + days)]);
      expect(await run(addDays(today, days))).toMatchObject({ dispatched });
    }
  });

  test('go out for every service, also from a workshop whose own text of the phase asks for an hour', async () => {
    const types = await query('SELECT id, slug FROM service_type ORDER BY slug');
    const insertOwn = `
      WITH version AS (
        INSERT INTO template_version (id, template_id, channel, version, source, published)
        SELECT gen_random_uuid(), gen_random_uuid(), 'whatsapp', 1, text, text
        FROM (SELECT '{"text": "Su cita: {{Fecha}}, {{Hora}}"}'::jsonb AS text) own
        RETURNING id, template_id
      )
      INSERT INTO template (id, name, channel, target, phase_id, service_type_id, taller_id,
        current_version_id)
      SELECT template_id, 'own', 'whatsapp', 'clients',
        (SELECT id FROM phase WHERE slug = 'phase-schedule'), $1, $2, id FROM version`;
    for (const { id } of types) await query(insertOwn, [id, northId]);
    for (const tallerId of [null, northId]) {
      await rig.clear();
      await query(`UPDATE customer SET taller_id = $1 WHERE id = 'carlos'`, [tallerId]);
      for (const { slug } of types) await remind(0, { serviceType: slug });
      expect(await run()).toEqual({
        looked_at: types.length,
        dispatched: types.length,
        refused: 0,
        failed: 0,
      });
    }
    await query(`DELETE FROM template WHERE name = 'own'`);
  });
});
