import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../catalog/channels.js';
import type { Rung } from '../dispatch/plan.js';
import { aCell, anAddressOn, quito } from '../testing/builders.js';
import { heldQuiet, holdRung } from './hold-rung.js';
import { type QuietGround, quietOfRung } from './quiet-rung.js';

const evening = new Date('2026-11-22T21:00:00-05:00');
const morning = new Date('2026-11-23T08:00:00-05:00');
const noon = new Date('2026-11-23T12:00:00-05:00');
const tonight = new Date('2026-11-23T20:00:00-05:00');

const ground = (given: Partial<QuietGround> = {}): QuietGround => ({
  eventType: 'maintenance_reminder',
  critical: false,
  taller: quito,
  dueAt: evening,
  validUntil: new Date('2026-11-23T21:00:00-05:00'),
  ...given,
});
const rung = (channel: Channel, given: Partial<Rung> = {}): Rung => ({
  channel,
  templateVersionId: `version-${channel}`,
  addresses: [anAddressOn(channel)],
  ...quietOfRung(ground(), aCell({ channel })),
  ...given,
});

describe('what quiet hours hold', () => {
  test('is what can wait, on the channels that disturb', () => {
    expect(quietOfRung(ground(), aCell({ channel: 'whatsapp' }))).toEqual({
      quiet: { zone: 'America/Guayaquil', from: '20:00', to: '08:00', holidays: [] },
      whenHeldTooLong: 'email',
    });
    expect(quietOfRung(ground(), aCell({ channel: 'push' }))).toHaveProperty('quiet');
    expect(quietOfRung(ground(), aCell({ channel: 'email' }))).toEqual({});
    for (const eventType of ['vehicle_ready', 'appointment_scheduled', 'something_else']) {
      expect(quietOfRung(ground({ eventType }), aCell({ channel: 'whatsapp' }))).toEqual({});
    }
  });

  test.each(['satisfaction_survey', 'service_offer'])('is a %s, too', (eventType) => {
    expect(quietOfRung(ground({ eventType }), aCell({ channel: 'push' }))).toHaveProperty('quiet');
  });

  test('is decided otherwise by the cell, and by what is critical', () => {
    const held = aCell({ channel: 'whatsapp', quietHours: 'hold' });
    const ignored = aCell({ channel: 'whatsapp', quietHours: 'ignore' });
    expect(quietOfRung(ground({ eventType: 'vehicle_ready' }), held)).toHaveProperty('quiet');
    expect(quietOfRung(ground(), ignored)).toEqual({});
    expect(quietOfRung(ground({ critical: true }), held)).toEqual({});
  });

  test('is nothing where a workshop keeps no quiet hours and no holiday is near', () => {
    const taller = { ...quito, quietHours: { from: null, to: null } };
    const cell = aCell({ channel: 'whatsapp' });
    expect(quietOfRung(ground({ taller }), cell)).toEqual({});
    const holidays = ['2026-11-23', '2026-12-24'];
    expect(quietOfRung(ground({ taller: { ...taller, holidays } }), cell).quiet?.holidays).toEqual([
      '2026-11-23',
    ]);
  });

  test('knows the holidays of the country as far as the message is of use', () => {
    const dueAt = new Date('2026-12-24T12:00:00-05:00');
    const validUntil = new Date('2027-01-02T12:00:00-05:00');
    const { quiet } = quietOfRung(ground({ dueAt, validUntil }), aCell({ channel: 'push' }));
    expect(quiet?.holidays).toEqual(['2026-12-25', '2027-01-01']);
  });

  test('is the same for customers of no workshop', () => {
    const { quiet } = quietOfRung(ground({ taller: null }), aCell({ channel: 'push' }));
    expect(quiet).toMatchObject({ zone: 'America/Guayaquil', from: '20:00', to: '08:00' });
  });
});

describe('a rung that starts', () => {
  const ladder = [rung('whatsapp'), rung('push'), rung('email')];

  test('in quiet hours waits for their end, and is held again from the next evening on', () => {
    expect(holdRung(ladder, 0, evening, null)).toEqual({
      rung: 0,
      dueAt: morning,
      quietFrom: tonight,
      heldUntil: morning,
    });
  });

  test('at another hour leaves at once', () => {
    expect(holdRung(ladder, 0, noon, null)).toEqual({
      rung: 0,
      dueAt: noon,
      quietFrom: tonight,
      heldUntil: null,
    });
  });

  test('lets a later e-mail go in its place where it would be held beyond its use', () => {
    expect(holdRung(ladder, 0, evening, morning)).toEqual({
      rung: 2,
      dueAt: evening,
      quietFrom: null,
      heldUntil: null,
    });
  });

  test('waits until it expires where the cell says so, or no e-mail follows', () => {
    const expires = { dueAt: morning, quietFrom: null, heldUntil: morning };
    const other = [rung('push', { whenHeldTooLong: 'expire' }), rung('email')];
    expect(holdRung(other, 0, evening, morning)).toEqual({ rung: 0, ...expires });
    expect(holdRung([rung('email'), rung('push')], 1, evening, morning)).toEqual({
      rung: 1,
      ...expires,
    });
    const nobody = [rung('push'), rung('email', { addresses: [] })];
    expect(holdRung(nobody, 0, evening, morning)).toEqual({ rung: 0, ...expires });
  });

  test('tells until when by the workshop’s clock', () => {
    expect(heldQuiet(morning, rung('push'))).toEqual({
      because: 'quiet_hours',
      until: '2026-11-23T08:00-05:00',
    });
  });
});
