import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../catalog/channels.js';
import { chooseTemplate } from '../templates/choose-template.js';
import type { Template } from '../templates/template.js';
import { findGaps } from './find-gaps.js';
import { type Cell, defaultCellOptions, type Setup } from './setup.js';

const cell = (channel: Channel, enabled = true): Cell => ({
  phaseId: 'phase',
  channel,
  enabled,
  priority: 1,
  ...defaultCellOptions,
});
const template = (changes: Partial<Template>): Template => ({
  id: 'template',
  versionId: 'version',
  version: 1,
  name: 'Plantilla',
  channel: 'email',
  target: 'clients',
  phaseId: 'phase',
  serviceTypeId: 'service',
  subtypeId: null,
  tallerId: null,
  eventType: null,
  ...changes,
});
const setup = (tallerId: string | null, cells: Cell[], templates: Template[]): Setup => ({
  version: '1',
  phases: [],
  serviceTypes: [],
  talleres: [],
  configs: [{ id: 'config', serviceTypeId: 'service', target: 'clients', tallerId, cells }],
  templates,
  compiled: () => {
    throw new Error('nothing is rendered to find a gap');
  },
});

describe('the gaps of the matrix', () => {
  test('are cells that are on and have no template', () => {
    const cells = [cell('email'), cell('whatsapp'), cell('push', false)];
    expect(findGaps(setup(null, cells, [template({})]))).toEqual([
      {
        serviceTypeId: 'service',
        phaseId: 'phase',
        channel: 'whatsapp',
        target: 'clients',
        tallerId: null,
      },
    ]);
  });

  test('are none where the global template serves a workshop, or its own does', () => {
    expect(findGaps(setup('norte', [cell('email')], [template({})]))).toEqual([]);
    const own = template({ tallerId: 'norte' });
    expect(findGaps(setup('norte', [cell('email')], [own]))).toEqual([]);
    expect(findGaps(setup(null, [cell('email')], [own]))).toHaveLength(1);
  });

  test.each([
    ['a subtype', { subtypeId: 'brakes' }],
    ['an event type', { eventType: 'vehicle_ready' }],
    ['another phase', { phaseId: 'other' }],
    ['staff', { target: 'staff' as const }],
  ])('are not filled by a template for %s alone', (_, changes) => {
    const found = setup(null, [cell('email')], [template(changes)]);
    expect(findGaps(found)).toHaveLength(1);
    const need = {
      channel: 'email' as const,
      target: 'clients' as const,
      phaseId: 'phase',
      serviceTypeId: 'service',
      subtypeId: null,
      tallerId: null,
      eventType: 'appointment_scheduled',
    };
    expect(chooseTemplate(found.templates, need)).toBeUndefined();
  });
});
