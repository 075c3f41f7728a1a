import { describe, expect, test } from '@jest/globals';
import { channels, targets } from '#domain/catalog/channels.js';
import { chooseTemplate } from '#domain/templates/choose-template.js';
import { partsByChannel, type Template } from '#domain/templates/template.js';
import { type Variables, variableNames } from '#domain/templates/variables.js';
import { seedPhases, seedServiceTypes } from '#migrations/seed/catalog.js';
import { seedConfigs } from '#migrations/seed/matrix.js';
import { seedTemplates } from '#migrations/seed/templates/seed-templates.js';
import { nameOf } from '#migrations/seed/templates/template-name.js';
import type { SeedTemplate } from '#migrations/seed/templates/template-text.js';
import { LiquidTemplateEngine } from '../../templates/liquid-template-engine.js';
import { publishParts } from '../../templates/publish-template.js';

/** workshop.md's examples of every variable. */
const ordinary: Record<(typeof variableNames)[number], string> = {
  Nombre: 'Carlos Mendoza',
  Placa: 'ABC123',
  Vehículo: 'Haval H6 2024',
  Fase: 'Recepción',
  Fecha: '20 de Enero, 2026',
  Hora: '14:30',
  Orden: 'OT-2025-001',
  Técnico: 'Juan Pérez',
  Taller: 'Ambacar Service',
};

/** What is known of every dispatch that names a vehicle, whatever its caller sends. */
const alwaysKnown = ['Nombre', 'Placa', 'Vehículo', 'Fase', 'Taller'];

const named = seedTemplates.map((template) => [nameOf(template), template] as const);

async function compile({ channel, source }: SeedTemplate) {
  return new LiquidTemplateEngine().compile(
    await publishParts(channel, source),
    partsByChannel[channel],
  );
}

async function filled(template: SeedTemplate, values: Variables = ordinary) {
  return (await compile(template)).render(values);
}

describe('the catalog', () => {
  test('has the five phases in order', () => {
    expect(seedPhases.map(({ order, slug, name, icon }) => [order, slug, name, icon])).toEqual([
      [1, 'phase-schedule', 'Agendar Cita', 'Calendar'],
      [2, 'phase-reception', 'Recepción', 'ClipboardCheck'],
      [3, 'phase-repair', 'Reparación', ''],
      [4, 'phase-quality', 'Control de Calidad', ''],
      [5, 'phase-delivery', 'Entrega', ''],
    ]);
  });

  test('has the five service types with their six subtypes', () => {
    const slugs = seedServiceTypes.map(({ slug, subtypes }) => [
      slug,
      ...subtypes.map((subtype) => subtype.slug),
    ]);
    expect(slugs).toEqual([
      ['mantenimiento-preventivo'],
      ['averia-revision', 'averia-frenos', 'averia-diagnostico', 'averia-alineacion'],
      ['colision-pintura', 'colision-siniestro', 'colision-golpe', 'colision-pintura'],
      ['avaluo-comercial'],
      ['avaluo-mg'],
    ]);
  });

  test('has ids that are UUIDs of version 7, each once and the same in every installation', () => {
    const ids = [
      ...seedPhases,
      ...seedServiceTypes,
      ...seedServiceTypes.flatMap(({ subtypes }) => subtypes),
    ].map(({ id }) => id);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(ids).size).toBe(16);
    // A changed derivation would give the same phase two ids in two installations.
    expect(ids[0]).toBe('019b76da-a800-7432-8559-52a89a93cbde');
  });
});

describe('the matrix', () => {
  const cells = seedConfigs.flatMap(({ cells: all, ...config }) =>
    all.map((cell) => ({ ...config, ...cell })),
  );

  test('has 10 configurations and 150 cells, each place once', () => {
    expect(seedConfigs).toHaveLength(seedServiceTypes.length * targets.length);
    const places = cells.map((cell) =>
      [cell.serviceType, cell.target, cell.phase, cell.channel].join(),
    );
    expect(new Set(places).size).toBe(150);
    expect(cells).toHaveLength(150);
  });

  test('orders the channels of a phase without a tie', () => {
    for (const { cells: all } of seedConfigs) {
      for (const phase of seedPhases) {
        const ofPhase = all.filter((cell) => cell.phase === phase.slug);
        expect(ofPhase.map(({ priority }) => priority).sort()).toEqual([1, 2, 3]);
        expect(ofPhase.map(({ channel }) => channel)).toEqual([...channels]);
      }
    }
  });

  test('resolves every enabled cell to a template, for every subtype and any event', () => {
    const templates: Template[] = seedTemplates.map((template, index) => ({
      id: String(index),
      versionId: String(index),
      version: 1,
      name: nameOf(template),
      channel: template.channel,
      target: template.target,
      phaseId: template.phase,
      serviceTypeId: template.serviceType,
      subtypeId: null,
      tallerId: null,
      eventType: template.eventType,
    }));
    for (const { serviceType, target, phase, channel } of cells.filter(({ enabled }) => enabled)) {
      const type = seedServiceTypes.find(({ slug }) => slug === serviceType);
      for (const subtypeId of [null, ...(type?.subtypes ?? []).map(({ id }) => id)]) {
        const found = chooseTemplate(templates, {
          channel,
          target,
          phaseId: phase,
          serviceTypeId: serviceType,
          subtypeId,
          tallerId: 'any',
          eventType: 'an event that nobody thought of',
        });
        expect(found?.source).toBe('global_type');
      }
    }
  });
});

describe('the templates', () => {
  test('stand each in a place and under a name of its own', () => {
    const places = seedTemplates.map(({ source, ...place }) => JSON.stringify(place));
    expect(new Set(places).size).toBe(seedTemplates.length);
    expect(new Set(named.map(([name]) => name)).size).toBe(seedTemplates.length);
    expect(seedTemplates.length).toBeGreaterThanOrEqual(128);
  });

  test('say each something of their own', () => {
    const texts = seedTemplates.map(({ channel, source }) =>
      channel === 'push' ? `${source.title} ${source.body}` : `${source.html}${source.text}`,
    );
    expect(new Set(texts).size).toBe(seedTemplates.length);
  });

  test.each(named)('%s renders, and asks for no more than is known', async (_, template) => {
    const { variables, render } = await compile(template);
    const known = [...alwaysKnown];
    if (template.phase === 'phase-schedule' && template.target === 'clients') {
      known.push('Fecha');
      if (template.eventType === null) known.push('Hora');
    }
    expect(known).toEqual(expect.arrayContaining([...variables]));
    for (const values of [ordinary, Object.fromEntries(known.map((name) => [name, `«${name}»`]))]) {
      const parts = render(values);
      expect(Object.keys(parts).sort()).toEqual(
        Object.keys(partsByChannel[template.channel]).sort(),
      );
      for (const text of Object.values(parts)) expect(text).not.toMatch(/\{\{|\{%|undefined/);
    }
  });

  test.each(named.filter(([, { channel }]) => channel === 'push'))(
    '%s is a short title, a body under 120 characters and a page of ours',
    async (_, template) => {
      const { title, body, url } = await filled(template);
      expect(title?.length).toBeLessThanOrEqual(50);
      expect(body?.length).toBeLessThan(120);
      expect(url).toMatch(/^\/(?:taller\/)?(?:citas|vehiculos\/ABC123)$/);
    },
  );

  test.each(named.filter(([, { channel }]) => channel === 'email'))(
    '%s is a lean page with a plain-text twin, under a subject of one line',
    async (_, template) => {
      const { subject, html, text } = await filled(template);
      expect(subject?.length).toBeLessThanOrEqual(78);
      expect(Buffer.byteLength(html ?? '')).toBeLessThan(12_000);
      expect(html).toContain('Haval H6 2024');
      expect(text).toContain('ABC123');
      expect(text).not.toMatch(/[<>]|\n{3}/);
    },
  );

  test.each(named.filter(([, { channel }]) => channel === 'whatsapp'))(
    '%s is short, uses the marks of WhatsApp in pairs and no HTML',
    async (_, template) => {
      const { text = '' } = await filled(template);
      expect(text.length).toBeLessThan(400);
      expect(text).toMatch(/\*[^*\n]+\*/);
      expect((text.match(/\*/g) ?? []).length % 2).toBe(0);
      expect((text.match(/_/g) ?? []).length % 2).toBe(0);
      expect(text).not.toMatch(/[<>]/);
      expect(text.endsWith('_Ambacar Service_')).toBe(true);
    },
  );
});
