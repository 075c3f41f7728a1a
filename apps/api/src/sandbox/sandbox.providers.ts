import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { SandboxControl } from '#infrastructure/sandbox-control/sandbox-control.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { SandboxWorld } from './sandbox-world.js';

/** What the sandbox's endpoints need. */
export const sandboxWorld: FactoryProvider<SandboxWorld> = {
  provide: SandboxWorld,
  inject: [DataSource, CONFIGURATION],
  useFactory: (dataSource: DataSource, { sandboxUrl }: Configuration) =>
    new SandboxWorld(dataSource, sandboxUrl === null ? null : new SandboxControl(sandboxUrl)),
};
