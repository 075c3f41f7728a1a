import { commandLine, parentOf } from '#infrastructure/embedded-postgres/processes.js';

const lookEveryMs = 500;

/**
 * Calls back when the npm that started this process has died. npm passes signals on, but killed
 * by force it cannot, and what it started would go on holding port and data. npm starts a script
 * by way of a shell, which may or may not stay between the two; whose child they become when
 * npm dies is another process.
 */
export function onNpmDeath(callback: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const throughShell = /^\S*sh -c /.test(commandLine(parent));
  const grandparent = throughShell ? parentOf(parent) : null;
  const timer = setInterval(() => {
    const orphaned = throughShell && parentOf(parent) !== grandparent;
    if (process.ppid === parent && !orphaned) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
}
