import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CliError } from '../terminal/cli-error.js';
import { type Instance, runningInstance } from '../terminal/instance.js';
import { say } from '../terminal/say.js';

export interface BorrowedInstance {
  instance: Instance;
  /** Ends it, if it was started for this. */
  giveBack(): Promise<void>;
}

/** The instance that runs in this folder, or one started for the purpose. */
export async function borrowInstance(tell: (line: string) => void): Promise<BorrowedInstance> {
  const running = runningInstance();
  if (running) return { instance: running, giveBack: async () => undefined };
  tell(say('No hay instancia en marcha; se arranca una…', 'No instance runs; starting one…'));
  const child = spawn(process.execPath, [resolve('apps/standalone/start.mjs')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-4000);
  });
  const giveBack = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  process.once('exit', () => child.kill('SIGTERM'));
  for (;;) {
    const instance = runningInstance();
    if (instance && instance.pid === child.pid) return { instance, giveBack };
    if (child.exitCode !== null || child.signalCode !== null) throw new CliError(complaint.trim());
    await pause(50);
  }
}
