import { describe, expect, test } from '@jest/globals';
import { Sweep } from './sweep.js';

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a sweep', () => {
  test('goes on after a round that failed, and counts as turning', async () => {
    let rounds = 0;
    const sweep = new Sweep('spec', 1, () => {
      rounds += 1;
      return Promise.reject(new Error('away'));
    });
    sweep.start();
    await until(() => rounds > 3);
    expect(sweep.isTurning()).toBe(true);
    await sweep.close();
  });

  test('whose round never ends counts as stuck once its time is over', async () => {
    const sweep = new Sweep('spec', 1, () => new Promise(() => undefined), 100);
    sweep.start();
    expect(sweep.isTurning()).toBe(true);
    const startedMs = performance.now();
    await until(() => !sweep.isTurning());
    expect(performance.now() - startedMs).toBeGreaterThan(80);
  });

  test('closes when the round under way has ended', async () => {
    let release = (_: boolean): void => undefined;
    let ended = false;
    const sweep = new Sweep('spec', 1, () =>
      new Promise<boolean>((resolve) => {
        release = resolve;
      }).then((more) => {
        ended = true;
        return more;
      }),
    );
    sweep.start();
    const closing = sweep.close();
    release(true);
    await closing;
    expect(ended).toBe(true);
  });
});
