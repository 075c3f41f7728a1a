import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ApiDocument, Schema } from './api-document.js';
import { fieldOf } from './fields.js';
import { toBody, toForm } from './form-values.js';
import { resourcesOf } from './resources.js';

const document: ApiDocument = JSON.parse(readFileSync('libs/contracts/src/openapi.json', 'utf8'));
const field = (name: string, schema: Schema, isRequired = false) =>
  fieldOf(document, name, schema, isRequired);
const fieldsOfCreate = (key: string) =>
  resourcesOf(document).find((resource) => resource.key === key)?.create?.fields ?? [];

describe('what a form of inputs sends', () => {
  test('is what the API gave, when nothing was changed', () => {
    const fields = [
      field('text', { type: 'string' }),
      field('none', { type: ['string', 'null'] }),
      field('count', { type: ['integer', 'null'] }),
      field('on', { type: 'boolean' }),
      field('days', { type: 'array', items: { type: 'integer' } }),
      field('names', { type: 'array', items: { type: 'string' } }),
      field('at', { type: 'string', format: 'date-time' }),
      field('day', { type: 'string', format: 'date' }),
      field('more', { type: 'object' }),
    ];
    const text = fc.string({ minLength: 1 });
    const given = fc.record({
      text,
      none: fc.option(text),
      count: fc.option(fc.integer()),
      on: fc.boolean(),
      days: fc.array(fc.integer(), { minLength: 1 }),
      names: fc.array(text, { minLength: 1 }),
      // At noon: where clocks are put back, an hour of the night is written twice.
      at: fc
        .integer({ min: 0, max: 40_000 })
        .map((days) => new Date((days + 0.5) * 86_400_000).toISOString()),
      day: fc.constant('2026-11-22'),
      more: fc
        .dictionary(fc.string(), fc.jsonValue())
        .map((any) => JSON.parse(JSON.stringify(any))),
    });
    fc.assert(
      fc.property(given, (data) => {
        const { body, unreadable } = toBody(fields, toForm(fields, data), false);
        expect(unreadable).toEqual([]);
        expect(body).toEqual(data);
      }),
    );
  });

  test('leaves out what is empty in something new, so that the API puts its default', () => {
    const fields = fieldsOfCreate('talleres');
    const form = toForm(fields, {});
    expect(form).toMatchObject({ slug: '', time_zone: 'America/Guayaquil', is_active: true });
    const { body } = toBody(fields, { ...form, name: 'Taller' }, true);
    expect(body).not.toHaveProperty('slug');
    expect(body).toMatchObject({ name: 'Taller', reminder_offsets_days: [-14, -3, 0, 14] });
  });

  test('empties with null what may be null', () => {
    const fields = fieldsOfCreate('staff-members');
    expect(toBody(fields, { email: '', name: '' }, false).body).toEqual({ email: null, name: '' });
  });

  test('holds of an object what may be given, not all that was told', () => {
    const fields = fieldsOfCreate('staff-members').filter(({ name }) => name === 'preferences');
    const told = { enabled: true, priority: null, consent: true, consent_withdrawn_at: null };
    const { body } = toBody(fields, toForm(fields, { preferences: { email: told } }), false);
    expect(body).toEqual({
      preferences: { email: { enabled: true, priority: null, consent: true } },
    });
  });

  test('names the field whose text is no JSON, or no moment, and leaves numbers to the API', () => {
    const fields = [
      field('more', { type: 'object' }),
      field('at', { type: 'string', format: 'date-time' }),
      field('count', { type: 'integer' }),
    ];
    const form = { more: '{"a":', at: 'soon', count: 'many' };
    expect(toBody(fields, form, true)).toEqual({
      body: { count: 'many' },
      unreadable: ['more', 'at'],
    });
  });
});
