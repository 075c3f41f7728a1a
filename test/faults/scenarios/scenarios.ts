import { clocks } from './clocks.js';
import { crashPoints } from './crash-points.js';
import { database } from './database.js';
import { fullDisk } from './full-disk.js';
import { kills } from './kills.js';
import { migrations } from './migrations.js';
import { pauses } from './pauses.js';
import { providers } from './providers.js';
import { queue } from './queue.js';
import { replays } from './replays.js';
import { restarts } from './restarts.js';
import type { Scenario } from './scenario.js';
import { silence } from './silence.js';

/** Every kind of fault, in the order in which they are done. */
export const scenarios: readonly Scenario[] = [
  ...kills,
  ...crashPoints,
  ...replays,
  ...migrations,
  ...pauses,
  ...clocks,
  ...database,
  ...silence,
  ...queue,
  ...providers,
  ...restarts,
  ...fullDisk,
];
