import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { NestLogger } from '#infrastructure/logging/nest-logger.js';
import { closeInTime } from '#infrastructure/process/close-in-time.js';
import { serveProbes } from '#infrastructure/process/serve-probes.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { Clock } from './clock.js';
import { schedulerModule } from './scheduler.module.js';

/** Starts firing schedules. Closing lets a run under way end. */
export async function startScheduler(
  configuration: Configuration,
): Promise<{ close(): Promise<void> }> {
  const app = await NestFactory.createApplicationContext(schedulerModule(configuration), {
    abortOnError: false,
    logger: new NestLogger(createLogger({ level: configuration.logLevel, name: 'scheduler' })),
  });
  // Intervals start with the application; a standalone context has to be asked.
  await app.init();
  const probes = await serveProbes(configuration.http.probePort, {
    live: () => app.get(Clock).isTicking(),
    ready: async () => {
      await app.get(DataSource).query('SELECT 1');
    },
  });
  return {
    async close() {
      probes.refuse();
      await closeInTime({
        // Closing the application ends its intervals, so that no further run begins.
        drain: () => app.close().then(() => app.get(Clock).settle()),
        letGo: () => letGo(app),
        onTrouble: (trouble) => new Logger('Scheduler').warn({ msg: trouble }),
      });
      await probes.close();
    },
  };
}

async function letGo(app: INestApplicationContext): Promise<void> {
  await app.get(DeliveryQueue).close();
  await app.get(DataSource).destroy();
}
