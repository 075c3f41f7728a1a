import 'reflect-metadata';
import type { Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createLogger, type Logger } from '#infrastructure/logging/logger.js';
import { NestLogger } from '#infrastructure/logging/nest-logger.js';
import { closeInTime } from '#infrastructure/process/close-in-time.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { Callers } from './access/callers.js';
import { clientAddresses } from './access/client-address.js';
import { RateLimits } from './access/rate-limits.js';
import { recogniseCallers } from './access/recognise-callers.js';
import { apiModule, outsideProviders } from './api.module.js';
import { serveConsole } from './console/serve-console.js';
import { Documentation } from './documentation/documentation.js';
import { createOpenApiDocument } from './documentation/openapi-document.js';
import { Readiness } from './health/readiness.js';
import { createHttpAdapter } from './http/http-adapter.js';
import { KnownRoutes } from './http/known-routes.js';
import { UnusedConnections } from './http/unused-connections.js';
import { InboxStreams } from './inbox/inbox-streams.js';
import { routeUpgrades } from './inbox/upgrades.js';

export interface RunningApi {
  /** Where it answers, such as `http://127.0.0.1:8000`. */
  url: string;
  /** Stops taking requests, answers those under way, and lets go of database and queue. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** The configured level on standard output by default. */
  logger?: Logger;
  /** In place of database, queue and dispatching, for measuring the HTTP layer alone. */
  outside?: Provider[];
}

/** Starts the HTTP API. Port 0 takes a free one. Throws when the port or the database is not to be had. */
export async function startApi(
  configuration: Configuration,
  options: StartOptions = {},
): Promise<RunningApi> {
  const logger = options.logger ?? createLogger({ level: configuration.logLevel, name: 'api' });
  const app = await createApi(configuration, logger, options.outside);
  const { host, port } = configuration.http;
  const unused = new UnusedConnections(app.getHttpServer());
  await app.listen(port, host);
  app.get(InboxStreams).start();
  const url = await app.getUrl();
  logger.info({ url }, 'the API answers');
  let closing: Promise<void> | undefined;
  return {
    url,
    close: () => {
      closing ??= close(app, unused, logger);
      return closing;
    },
  };
}

/** The application before it listens. */
async function createApi(
  configuration: Configuration,
  logger: Logger,
  outside: Provider[] = outsideProviders,
): Promise<NestFastifyApplication> {
  const routes = new KnownRoutes();
  const adapter = await createHttpAdapter(configuration, logger, routes);
  const app = await NestFactory.create<NestFastifyApplication>(
    apiModule(configuration, routes, outside),
    adapter,
    { bodyParser: false, abortOnError: false, logger: new NestLogger(logger) },
  );
  const isConsoleFile = await serveConsole(adapter.getInstance());
  recogniseCallers(
    adapter.getInstance(),
    app.get(Callers),
    app.get(RateLimits),
    clientAddresses(configuration.http.trustedProxies),
    isConsoleFile,
  );
  routeUpgrades(adapter.getInstance());
  app.get(Documentation).from(() => createOpenApiDocument(app));
  return app;
}

async function close(
  app: NestFastifyApplication,
  unused: UnusedConnections,
  logger: Logger,
): Promise<void> {
  app.get(Readiness).stopping = true;
  // A connection that was busy when the close began is kept open for its caller's next request,
  // 72 seconds long; nobody will answer that one.
  const letGo = setInterval(() => unused.end(), 100);
  await closeInTime({
    drain: async () => {
      // Streams never end by themselves.
      await app.get(InboxStreams).close();
      await app.close().finally(() => clearInterval(letGo));
    },
    letGo: () => letConnectionsGo(app),
    onTrouble: (trouble) => logger.warn(trouble),
  });
  clearInterval(letGo);
}

async function letConnectionsGo(app: NestFastifyApplication): Promise<void> {
  await Promise.all([app.get(DeliveryQueue).close(), app.get(SyncQueue).close()]);
  await app.get(DataSource).destroy();
}
