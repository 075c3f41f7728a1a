import { describe, expect, test } from '@jest/globals';
import type { Setup } from '../orchestration/setup.js';
import {
  aCell,
  aConfig,
  aSetup,
  aTemplate,
  quito,
  reception,
  repair,
} from '../testing/builders.js';
import { templateCoverage } from './template-coverage.js';

const place = { phaseId: reception.id, serviceTypeId: repair.id };
const forClients = (setup: Setup, tallerId: string | null = null) =>
  templateCoverage(setup, tallerId).filter(({ target }) => target === 'clients');
const states = (setup: Setup, tallerId?: string) =>
  forClients(setup, tallerId).map(({ channel, state }) => `${channel} ${state}`);

describe('the coverage', () => {
  test('tells of each cell whether it has a text, lacks one, or is off', () => {
    const cells = [
      aCell({ channel: 'email' }),
      aCell({ channel: 'whatsapp' }),
      aCell({ channel: 'push', enabled: false }),
    ];
    const setup = aSetup({
      configs: [aConfig({ cells })],
      templates: [aTemplate({ ...place, channel: 'email' })],
    });
    expect(states(setup)).toEqual(['email covered', 'whatsapp missing', 'push off']);
  });

  test('counts a cell that the matrix has not as off, and every place once', () => {
    const setup = aSetup({ configs: [], templates: [] });
    const cells = templateCoverage(setup, null);
    expect(cells).toHaveLength(6);
    expect(new Set(cells.map(({ state }) => state))).toEqual(new Set(['off']));
  });

  test('of a workshop takes the global text where it has none of its own, and says so', () => {
    const setup = aSetup({
      configs: [aConfig()],
      templates: [
        aTemplate({ ...place, channel: 'email' }),
        aTemplate({ ...place, channel: 'whatsapp' }),
        aTemplate({ ...place, channel: 'whatsapp', id: 'own', tallerId: quito.id }),
      ],
    });
    const own = forClients(setup, quito.id).map(({ chosen }) => chosen?.source);
    expect(own).toEqual(['global_type', 'taller_type', undefined]);
    expect(states(setup)).toEqual(['email covered', 'whatsapp covered', 'push missing']);
  });

  test('is not given by a text of one subtype or of one event alone', () => {
    const [subtype] = repair.subtypes;
    const setup = aSetup({
      configs: [aConfig()],
      templates: [
        aTemplate({ ...place, channel: 'email', subtypeId: subtype?.id ?? null }),
        aTemplate({ ...place, channel: 'whatsapp', eventType: 'vehicle_ready' }),
      ],
    });
    expect(states(setup)).toEqual(['email missing', 'whatsapp missing', 'push missing']);
  });
});
