import { crashPoints } from './crash-points.js';
import { kills } from './kills.js';
import type { Scenario } from './scenario.js';

/** Every kind of fault, in the order in which they are done. */
export const scenarios: readonly Scenario[] = [...kills, ...crashPoints];
