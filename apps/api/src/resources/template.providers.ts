import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SendTemplateTest } from '#domain/dispatch/send-template-test.js';
import { DispatchStore } from '#domain/ports/dispatch-store.js';
import { TemplateEngine } from '#domain/ports/template-engine.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Changes } from '#infrastructure/persistence/changes.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { TemplateVersionsRepository } from '#infrastructure/persistence/template-versions.repository.js';
import { TemplatesRepository } from '#infrastructure/persistence/templates.repository.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { TallerScope } from '../dispatch/taller-scope.js';
import { Writes } from '../http/writes.js';
import { TemplateEditor } from './template-editor.js';
import { TemplatePreview } from './template-preview.js';
import { TemplateTests } from './template-tests.js';

const editor: FactoryProvider<TemplateEditor> = {
  provide: TemplateEditor,
  inject: [Writes, SetupCache, TemplateEngine, CONFIGURATION],
  useFactory: (
    writes: Writes,
    setups: SetupCache,
    engine: TemplateEngine,
    { frontendUrl }: Configuration,
  ) => new TemplateEditor(writes, setups, engine, frontendUrl),
};

const preview: FactoryProvider<TemplatePreview> = {
  provide: TemplatePreview,
  inject: [
    TemplatesRepository,
    TemplateVersionsRepository,
    SetupCache,
    TemplateEngine,
    CONFIGURATION,
  ],
  useFactory: (
    templates: TemplatesRepository,
    versions: TemplateVersionsRepository,
    setups: SetupCache,
    engine: TemplateEngine,
    house: Configuration,
  ) => new TemplatePreview(templates, versions, setups, engine, house),
};

const sendTest: FactoryProvider<SendTemplateTest> = {
  provide: SendTemplateTest,
  inject: [DispatchStore, CONFIGURATION],
  useFactory: (store: DispatchStore, { frontendUrl, defaultTallerName }: Configuration) =>
    new SendTemplateTest(store, { frontendUrl, defaultTallerName }),
};

/** What the templates' endpoints share. */
export const templateProviders: Provider[] = [
  bind(TemplatesRepository, [DataSource]),
  bind(TemplateVersionsRepository, [DataSource]),
  editor,
  preview,
  sendTest,
  bind(TemplateTests, [
    DataSource,
    TemplatesRepository,
    SetupCache,
    TemplateEngine,
    Changes,
    SendTemplateTest,
    TallerScope,
  ]),
];
