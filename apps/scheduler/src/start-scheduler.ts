import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { NestLogger } from '#infrastructure/logging/nest-logger.js';
import { endsInTime } from '#infrastructure/process/in-time.js';
import { serveProbes } from '#infrastructure/process/serve-probes.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { Clock } from './clock.js';
import { schedulerModule } from './scheduler.module.js';

/** How long a run under way may take when the process is told to go; what it began is kept. */
const drainsWithinMs = 19_000;
/** How long the connections may take after that; a server that is away says no farewell. */
const letsGoWithinMs = 4000;

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
      const logger = new Logger('Scheduler');
      const tell = (error: unknown) =>
        logger.warn({ msg: 'not closed well', error: String(error) });
      // Closing the application ends its intervals, so that no further run begins.
      const settled = app.close().then(() => app.get(Clock).settle());
      if (!(await endsInTime(drainsWithinMs, settled.catch(tell)))) {
        logger.warn({ msg: 'a run under way is cut off' });
      }
      await endsInTime(letsGoWithinMs, letGo(app).catch(tell));
      await probes.close();
    },
  };
}

async function letGo(app: INestApplicationContext): Promise<void> {
  await app.get(DeliveryQueue).close();
  await app.get(DataSource).destroy();
}
