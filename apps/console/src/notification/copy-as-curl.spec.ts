import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { curlOf, dispatchOf, quoted } from './copy-as-curl.js';

const now = new Date('2026-11-22T12:00:00Z');
const event: EventDetail = {
  id: 'e',
  event_type: 'appointment_scheduled',
  service_type: { id: 's', slug: 'mantenimiento-preventivo', name: 'Mantenimiento' },
  subtype: null,
  phase: { id: 'p', slug: 'phase-schedule', name: 'Agendar Cita', order: 1 },
  target: 'clients',
  customer_id: 'customer-001',
  vehicle_id: null,
  taller_id: null,
  context: { nombre: "Carlos O'Higgins", nota: '$(touch /gone) `id` "x" \\ \n !!' },
  business_key: null,
  priority: 'normal',
  critical: false,
  valid_until: '2026-11-25T12:00:00Z',
  scheduled_for: null,
  request_id: null,
  created_at: '2026-11-22T11:00:00Z',
  notifications: [],
};

/** What a shell gives a program as its arguments. */
const argumentsOf = (command: string, environment: Record<string, string> = {}) =>
  JSON.parse(
    execFileSync(
      '/bin/sh',
      [
        '-c',
        `curl() { "${process.execPath}" -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- "$@"; }; ${command}`,
      ],
      { encoding: 'utf8', env: environment },
    ),
  );

describe('the copied command', () => {
  test('gives a shell the dispatch exactly, whatever the customer is called', () => {
    const given = argumentsOf(curlOf(event, 'https://avisos.example.com', now), {
      AMBACAR_API_KEY: 'key',
    });
    expect(given.slice(0, -1)).toEqual([
      '--silent',
      '--show-error',
      'https://avisos.example.com/api/v1/notifications/events/dispatch/',
      '--header',
      'Content-Type: application/json',
      '--header',
      'X-API-KEY: key',
      '--data-raw',
    ]);
    expect(JSON.parse(given.at(-1))).toEqual({
      event_type: 'appointment_scheduled',
      service_type_id: 'mantenimiento-preventivo',
      phase_id: 'phase-schedule',
      customer_id: 'customer-001',
      target: 'clients',
      context: event.context,
    });
  });

  test('quotes any text as one word', () => {
    const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        expect(argumentsOf(`curl ${texts.map(quoted).join(' ')}`)).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });

  test('says all that the event was asked for with, and no time that has passed', () => {
    const full = dispatchOf(
      {
        ...event,
        subtype: { id: 't', slug: null, name: null },
        vehicle_id: 'v',
        taller_id: 'w',
        business_key: 'OT-1',
        priority: 'high',
        critical: true,
        scheduled_for: '2026-11-23T12:00:00Z',
      },
      now,
    );
    expect(full).toMatchObject({
      subtype_id: 't',
      vehicle_id: 'v',
      taller_id: 'w',
      business_key: 'OT-1',
      priority: 'high',
      critical: true,
      scheduled_for: '2026-11-23T12:00:00Z',
      valid_until: '2026-11-25T12:00:00Z',
    });
    const later = dispatchOf({ ...event, scheduled_for: '2026-11-01T12:00:00Z' }, now);
    expect(later).not.toHaveProperty('scheduled_for');
    expect(later).not.toHaveProperty('valid_until');
  });
});
