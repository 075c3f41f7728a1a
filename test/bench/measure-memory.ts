import { dispatchPath, nextDispatch } from './dispatch-body.js';
import type { Instance } from './instance.js';
import { load } from './load.js';
import { pssMib } from './processes.js';

export interface MemoryResult {
  dispatches: number;
  /** MiB of each process when nothing is to do, before and after the dispatches. */
  restMib: Record<string, number>;
  halfwayMib: Record<string, number>;
  afterMib: Record<string, number>;
}

/** Memory at rest, after half of the dispatches, and after all: flat means the last two agree. */
export async function measureMemory(instance: Instance, dispatches: number): Promise<MemoryResult> {
  const restMib = await settled(instance);
  await half(instance, dispatches);
  const halfwayMib = await settled(instance);
  await half(instance, dispatches);
  return { dispatches, restMib, halfwayMib, afterMib: await settled(instance) };
}

async function half(instance: Instance, dispatches: number): Promise<void> {
  const requests = Math.ceil(dispatches / 2);
  await instance.provider.reset(0);
  await load(instance.apiUrl, dispatchPath, () => nextDispatch().body, {
    requests,
    connections: 32,
    expectedStatus: 202,
  });
  await instance.provider.waitFor(requests);
}

// Node gives memory back some seconds after it is no longer used.
async function settled(instance: Instance): Promise<Record<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const each = instance.services.map(({ name, pid }) => [name, pssMib(pid)] as const);
  const total = each.reduce((sum, [, mib]) => sum + mib, 0);
  return { ...Object.fromEntries(each), total };
}
