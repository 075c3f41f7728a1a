import { describe, expect, test } from '@jest/globals';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { coverageOf } from './template-coverage.js';

const template = (id: string, members: Partial<TemplateView> = {}): TemplateView => ({
  id,
  name: id,
  channel: 'email',
  target: 'clients',
  service_type_id: 'service',
  service_type_slug: 'service',
  phase_id: 'repair',
  phase_slug: 'phase-repair',
  subtype_id: null,
  subtype_slug: null,
  taller_id: null,
  taller_slug: null,
  event_type: null,
  is_active: true,
  version: 1,
  subject: null,
  title: null,
  body: '',
  text: null,
  link: null,
  variables: [],
  created_at: '2026-01-20T15:15:00.000Z',
  updated_at: '2026-01-20T15:15:00.000Z',
  ...members,
});

const kindOf = (templates: TemplateView[], tallerId: string | null) =>
  coverageOf(templates, tallerId).get('repair/email');

describe('what a cell is told with', () => {
  const general = template('general');
  const own = template('own', { taller_id: 'north' });
  const forBrakes = template('brakes', { subtype_id: 'brakes' });

  test('is the workshop’s own template before the general one, in whatever order they come', () => {
    const found = { kind: 'own', templateId: 'own' };
    expect(kindOf([general, own, forBrakes], 'north')).toEqual(found);
    expect(kindOf([forBrakes, own, general], 'north')).toEqual(found);
  });

  test('is never another workshop’s', () => {
    expect(kindOf([own], 'south')).toBeUndefined();
    expect(kindOf([own], null)).toBeUndefined();
    expect(kindOf([own, general], null)).toEqual({ kind: 'global', templateId: 'general' });
  });

  test('is told apart where it serves only some events', () => {
    expect(kindOf([forBrakes], null)).toEqual({ kind: 'some', templateId: 'brakes' });
    expect(kindOf([template('survey', { event_type: 'satisfaction_survey' })], null)).toEqual({
      kind: 'some',
      templateId: 'survey',
    });
    expect(kindOf([forBrakes, general], null)).toEqual({ kind: 'global', templateId: 'general' });
  });
});
