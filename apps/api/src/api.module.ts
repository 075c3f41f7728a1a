import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import { TemplateLibrary } from '#domain/ports/template-library.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { ProviderAccountsRepository } from '#infrastructure/persistence/accounts/provider-accounts.repository.js';
import { ApiKeysRepository } from '#infrastructure/persistence/api-keys.repository.js';
import { AuditRepository } from '#infrastructure/persistence/audit.repository.js';
import { CatalogRepository } from '#infrastructure/persistence/catalog.repository.js';
import { Changes } from '#infrastructure/persistence/changes.js';
import { CustomersRepository } from '#infrastructure/persistence/customers.repository.js';
import { DeadLettersRepository } from '#infrastructure/persistence/dead-letters/dead-letters.repository.js';
import { Erasures } from '#infrastructure/persistence/erasure/erasures.js';
import { IdHashes } from '#infrastructure/persistence/erasure/id-hashes.js';
import { EventsRepository } from '#infrastructure/persistence/events.repository.js';
import { OdometerRepository } from '#infrastructure/persistence/odometer.repository.js';
import { OrchestrationRepository } from '#infrastructure/persistence/orchestration.repository.js';
import { PushSubscriptionsRepository } from '#infrastructure/persistence/push-subscriptions.repository.js';
import { QueuesRepository } from '#infrastructure/persistence/queues.repository.js';
import { RemindersRepository } from '#infrastructure/persistence/reminders.repository.js';
import { SchedulesRepository } from '#infrastructure/persistence/schedules.repository.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { StaffMembersRepository } from '#infrastructure/persistence/staff-members.repository.js';
import { TalleresRepository } from '#infrastructure/persistence/talleres.repository.js';
import { VehiclesRepository } from '#infrastructure/persistence/vehicles.repository.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { backlogProviders } from '#infrastructure/wiring/backlog.providers.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { databaseProviders } from '#infrastructure/wiring/database.providers.js';
import { dispatchProviders } from '#infrastructure/wiring/dispatch.providers.js';
import { queueProviders } from '#infrastructure/wiring/queue.providers.js';
import { receiptProviders } from '#infrastructure/wiring/receipt.providers.js';
import { replayProviders } from '#infrastructure/wiring/replay.providers.js';
import { syncProviders } from '#infrastructure/wiring/sync.providers.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { AccessGuard } from './access/access.guard.js';
import { accessProviders } from './access/access.providers.js';
import { ApiKeysController } from './access/api-keys.controller.js';
import { OidcController } from './access/oidc.controller.js';
import { SessionController } from './access/session.controller.js';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { analyticsProviders } from './analytics/analytics.providers.js';
import { AttentionController } from './analytics/attention.controller.js';
import { CatalogController } from './catalog/catalog.controller.js';
import {
  DeadLettersController,
  InternalDeadLettersController,
} from './dead-letters/dead-letters.controller.js';
import { AcceptEvent } from './dispatch/accept-event.js';
import { BulkDispatchController } from './dispatch/bulk-dispatch.controller.js';
import { DispatchController } from './dispatch/dispatch.controller.js';
import { TallerScope } from './dispatch/taller-scope.js';
import { DocumentationController } from './documentation/documentation.controller.js';
import { Documentation } from './documentation/documentation.js';
import { CancelController } from './events/cancel.controller.js';
import { EventContentController } from './events/event-content.controller.js';
import { EventContents } from './events/event-contents.js';
import { EventsController } from './events/events.controller.js';
import { DatabaseReport } from './health/database-report.js';
import { HealthController } from './health/health.controller.js';
import { apiReadiness, Readiness } from './health/readiness.js';
import { KnownRoutes } from './http/known-routes.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Writes } from './http/writes.js';
import { InboxController } from './inbox/inbox.controller.js';
import { inboxProviders } from './inbox/inbox.providers.js';
import { InboxStreamController } from './inbox/inbox-stream.controller.js';
import { PushController } from './push/push.controller.js';
import { PushClickController } from './push/push-click.controller.js';
import { QueueBoardController } from './queues/queue-board.controller.js';
import { QueueBoard } from './queues/queue-board.js';
import { QueuesController } from './queues/queues.controller.js';
import { SchedulesController } from './queues/schedules.controller.js';
import { AuditController } from './resources/audit.controller.js';
import { ChannelSettingsController } from './resources/channel-settings.controller.js';
import { ChannelSettings } from './resources/channel-settings.js';
import { CustomerDataController } from './resources/customer-data.controller.js';
import { CustomerDetailsController } from './resources/customer-details.controller.js';
import { CustomersController } from './resources/customers.controller.js';
import { ErasureSweep } from './resources/erasure-sweep.js';
import { HouseChannelsController } from './resources/house-channels.controller.js';
import { MatrixController } from './resources/matrix.controller.js';
import { OdometerController } from './resources/odometer.controller.js';
import { OrchestrationController } from './resources/orchestration.controller.js';
import { OrchestrationEdits } from './resources/orchestration-edits.js';
import { PhasesController } from './resources/phases.controller.js';
import { ProviderAccountsController } from './resources/provider-accounts.controller.js';
import { RemindersController } from './resources/reminders.controller.js';
import { ServiceTypesController } from './resources/service-types.controller.js';
import { StaffEdits } from './resources/staff-edits.js';
import { StaffMembersController } from './resources/staff-members.controller.js';
import { TalleresController } from './resources/talleres.controller.js';
import { templateProviders } from './resources/template.providers.js';
import { TemplateCoverageController } from './resources/template-coverage.controller.js';
import { TemplateTestController } from './resources/template-test.controller.js';
import { TemplateToolsController } from './resources/template-tools.controller.js';
import { TemplateVersionsController } from './resources/template-versions.controller.js';
import { TemplatesController } from './resources/templates.controller.js';
import { VehiclesController } from './resources/vehicles.controller.js';
import { SandboxController } from './sandbox/sandbox.controller.js';
import { sandboxWorld } from './sandbox/sandbox.providers.js';
import { ServiceController } from './service.controller.js';
import { SyncController } from './sync/sync.controller.js';
import { TasksController } from './sync/tasks.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** What the API needs of the world outside: database, queue, and the dispatching built on both. */
export const outsideProviders: Provider[] = [
  ...databaseProviders('ambacar-api'),
  ...queueProviders,
  ...dispatchProviders,
  ...backlogProviders,
  ...syncProviders,
  ...replayProviders,
  ...receiptProviders,
];

/**
 * The one list of this process' parts.
 *
 * @param outside replaced by what measures the HTTP layer alone
 */
export function apiModule(
  configuration: Configuration,
  routes: KnownRoutes,
  outside: Provider[] = outsideProviders,
): DynamicModule {
  return {
    module: ApiModule,
    imports: [TerminusModule.forRoot({ logger: false })],
    controllers: [
      DispatchController,
      BulkDispatchController,
      CancelController,
      EventsController,
      EventContentController,
      CatalogController,
      PushController,
      PushClickController,
      WebhooksController,
      TalleresController,
      TemplateToolsController,
      TemplateVersionsController,
      TemplateCoverageController,
      TemplateTestController,
      TemplatesController,
      ApiKeysController,
      OrchestrationController,
      MatrixController,
      PhasesController,
      ServiceTypesController,
      StaffMembersController,
      AuditController,
      CustomersController,
      CustomerDetailsController,
      CustomerDataController,
      VehiclesController,
      OdometerController,
      RemindersController,
      ChannelSettingsController,
      HouseChannelsController,
      QueuesController,
      QueueBoardController,
      SchedulesController,
      SandboxController,
      AnalyticsController,
      AttentionController,
      ProviderAccountsController,
      DeadLettersController,
      InternalDeadLettersController,
      InboxController,
      InboxStreamController,
      SyncController,
      TasksController,
      HealthController,
      DocumentationController,
      SessionController,
      OidcController,
      ServiceController,
    ],
    providers: [
      { provide: CONFIGURATION, useValue: configuration },
      { provide: KnownRoutes, useValue: routes },
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_GUARD, useClass: AccessGuard },
      ...outside,
      bind(EventsRepository, [DataSource]),
      {
        provide: EventContents,
        inject: [EventsRepository, TemplateLibrary, CONFIGURATION],
        useFactory: (
          events: EventsRepository,
          library: TemplateLibrary,
          { frontendUrl }: Configuration,
        ) => new EventContents(events, library, frontendUrl),
      },
      bind(DeadLettersRepository, [DataSource]),
      bind(ProviderAccountsRepository, [DataSource]),
      bind(QueuesRepository, [DataSource]),
      bind(SchedulesRepository, [DataSource]),
      sandboxWorld,
      {
        provide: QueueBoard,
        inject: [DeliveryQueue, SyncQueue],
        useFactory: (delivery: DeliveryQueue, sync: SyncQueue) =>
          new QueueBoard([...delivery.queues(), ...sync.queues()]),
      },
      bind(Changes, [DataSource]),
      bind(Writes, [Changes]),
      bind(TalleresRepository, [DataSource]),
      ...templateProviders,
      bind(OrchestrationRepository, [DataSource]),
      bind(CatalogRepository, [DataSource]),
      bind(StaffMembersRepository, [DataSource]),
      bind(StaffEdits, [StaffMembersRepository, SetupCache, Writes]),
      bind(AuditRepository, [DataSource]),
      bind(OrchestrationEdits, [OrchestrationRepository, Writes]),
      bind(CustomersRepository, [DataSource]),
      bind(Erasures, [DataSource, IdHashes]),
      ErasureSweep,
      bind(PushSubscriptionsRepository, [DataSource]),
      bind(VehiclesRepository, [DataSource]),
      bind(OdometerRepository, [DataSource]),
      bind(RemindersRepository, [DataSource]),
      {
        provide: ChannelSettings,
        inject: [DataSource, Writes, CONFIGURATION],
        useFactory: (dataSource: DataSource, writes: Writes, checked: Configuration) =>
          new ChannelSettings(dataSource, writes, checked),
      },
      bind(ApiKeysRepository, [DataSource]),
      ...analyticsProviders,
      ...accessProviders(configuration),
      ...inboxProviders(configuration),
      bind(TallerScope, [DataSource, SetupCache]),
      bind(AcceptEvent, [DispatchNotification, TallerScope]),
      {
        provide: DatabaseReport,
        inject: [DataSource, CONFIGURATION],
        useFactory: (dataSource: DataSource, checked: Configuration) =>
          new DatabaseReport(dataSource, checked),
      },
      { provide: Readiness, inject: [DataSource, DeliveryQueue], useFactory: apiReadiness },
      Documentation,
    ],
  };
}

@Module({})
class ApiModule {}
