import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyNeed, anyTemplates } from '../testing/arbitraries.js';
import { aTemplate, reception, repair } from '../testing/builders.js';
import { chooseTemplate, type TemplateNeed, templateSources } from './choose-template.js';
import type { Template } from './template.js';

const need: TemplateNeed = {
  channel: 'email',
  target: 'clients',
  phaseId: reception.id,
  serviceTypeId: repair.id,
  subtypeId: 'frenos',
  tallerId: 'quito',
  eventType: 'vehicle_received',
};

const byStep: Record<(typeof templateSources)[number], Template> = {
  taller_subtype: aTemplate({ id: 'a', tallerId: 'quito', subtypeId: 'frenos' }),
  taller_type: aTemplate({ id: 'b', tallerId: 'quito' }),
  global_subtype: aTemplate({ id: 'c', subtypeId: 'frenos' }),
  global_type: aTemplate({ id: 'd' }),
};

describe('the search goes from the most particular template to the most general', () => {
  test.each(templateSources.map((source, index) => [source, index] as const))(
    '%s is found when nothing before it is there',
    (source, index) => {
      const rest = templateSources.slice(index).map((step) => byStep[step]);
      for (const templates of [rest, rest.toReversed()]) {
        expect(chooseTemplate(templates, need)).toEqual({ template: byStep[source], source });
      }
    },
  );

  test.each([
    ['no workshop', { tallerId: null }, 'global_subtype'],
    ['no subtype', { subtypeId: null }, 'taller_type'],
    ['neither', { tallerId: null, subtypeId: null }, 'global_type'],
    ['another workshop', { tallerId: 'cuenca' }, 'global_subtype'],
    ['another subtype', { subtypeId: 'diagnostico' }, 'taller_type'],
  ])('an event of %s skips the steps that ask for it', (_, other, source) => {
    const found = chooseTemplate(Object.values(byStep), { ...need, ...other });
    expect(found?.source).toBe(source);
  });
});

describe('a template written for one type of event', () => {
  const particular = aTemplate({ id: 'particular', eventType: 'vehicle_received' });
  const general = aTemplate({ id: 'general' });

  test.each([[[particular, general]], [[general, particular]]])(
    'goes before the general one of the same step',
    (templates) => {
      expect(chooseTemplate(templates, need)?.template.id).toBe('particular');
    },
  );

  test('goes after one of an earlier step', () => {
    const own = byStep.taller_type;
    expect(chooseTemplate([particular, own], need)?.template).toBe(own);
  });

  test('is never taken for another event', () => {
    expect(chooseTemplate([particular], { ...need, eventType: 'vehicle_ready' })).toBeUndefined();
  });
});

describe('a template written for an event type that has words of its own', () => {
  const reminder = { ...need, eventType: 'maintenance_reminder' };
  const particular = aTemplate({ id: 'particular', eventType: 'maintenance_reminder' });

  test('goes before the general ones of every step', () => {
    const templates = [...Object.values(byStep), particular];
    expect(chooseTemplate(templates, reminder)).toEqual({
      template: particular,
      source: 'global_type',
    });
  });

  test('goes after one that the workshop has written for it', () => {
    const own = aTemplate({ id: 'own', tallerId: 'quito', eventType: 'maintenance_reminder' });
    expect(chooseTemplate([particular, own], reminder)?.template).toBe(own);
  });

  test('leaves the general ones as a last resort', () => {
    expect(chooseTemplate(Object.values(byStep), reminder)?.source).toBe('taller_subtype');
  });
});

describe('whatever templates there are', () => {
  test('the one chosen fits what is needed', () => {
    fc.assert(
      fc.property(anyTemplates, anyNeed, (templates, wanted) => {
        const chosen = chooseTemplate(templates, wanted)?.template;
        if (chosen) expect(fits(chosen, wanted)).toBe(true);
      }),
    );
  });

  test('one is chosen exactly when one fits, from the earliest step that has one', () => {
    fc.assert(
      fc.property(anyTemplates, anyNeed, (templates, wanted) => {
        const steps = templates.filter((template) => fits(template, wanted)).map(stepOf);
        const earliest = templateSources.find((step) => steps.includes(step));
        expect(chooseTemplate(templates, wanted)?.source).toBe(earliest);
      }),
    );
  });
});

function fits(template: Template, wanted: TemplateNeed): boolean {
  const same = ['channel', 'target', 'phaseId', 'serviceTypeId'] as const;
  const sameOrAny = ['subtypeId', 'tallerId', 'eventType'] as const;
  return (
    same.every((field) => template[field] === wanted[field]) &&
    sameOrAny.every((field) => template[field] === null || template[field] === wanted[field])
  );
}

function stepOf({ tallerId, subtypeId }: Template): (typeof templateSources)[number] {
  if (tallerId !== null) return subtypeId !== null ? 'taller_subtype' : 'taller_type';
  return subtypeId !== null ? 'global_subtype' : 'global_type';
}
