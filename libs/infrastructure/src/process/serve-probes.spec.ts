import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../testing/free-port.js';
import { type Probes, type ServedProbes, serveProbes } from './serve-probes.js';

let served: ServedProbes | undefined;
afterEach(() => served?.close());

const healthy: Probes = { live: () => true, ready: async () => undefined };
async function serve(probes: Partial<Probes>) {
  const port = await freePort();
  served = await serveProbes(port, { ...healthy, ...probes });
  return async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return { status: answer.status, text: await answer.text() };
  };
}

describe('the probes', () => {
  test.each(['/health/live', '/health/live/', '/health/ready', '/health/ready/'])(
    '%s is 200 while all is well',
    async (path) => {
      const ask = await serve({});
      expect(await ask(path)).toEqual({ status: 200, text: '{"status":"healthy"}' });
    },
  );

  test('say 503 of what does not live or is not ready, each of its own', async () => {
    const ask = await serve({ live: () => false });
    expect((await ask('/health/live')).status).toBe(503);
    expect((await ask('/health/ready')).status).toBe(200);
  });

  test('tell nothing of why', async () => {
    const ask = await serve({ ready: () => Promise.reject(new Error('password of db.inner')) });
    expect(await ask('/health/ready')).toEqual({ status: 503, text: '{"status":"unhealthy"}' });
  });

  test('do not wait for what does not answer', async () => {
    const ask = await serve({ ready: () => new Promise(() => undefined) });
    const startedMs = performance.now();
    expect((await ask('/health/ready')).status).toBe(503);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  test('of a process that is told to go say not ready, and alive to the end', async () => {
    const ask = await serve({});
    served?.refuse();
    expect((await ask('/health/ready')).status).toBe(503);
    expect((await ask('/health/live')).status).toBe(200);
  });

  test('know no other path', async () => {
    const ask = await serve({});
    for (const path of ['/', '/health', '/health/live/x', '/metrics']) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  test('are not served without a port', async () => {
    served = await serveProbes(null, healthy);
    expect(await served.close()).toBeUndefined();
  });

  test('of a port that is taken cannot be served', async () => {
    const port = await freePort();
    served = await serveProbes(port, healthy);
    await expect(serveProbes(port, healthy)).rejects.toThrow('EADDRINUSE');
  });
});
