import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from './terminal-text.mjs';

/**
 * Lets one process at a time install and build in the folder: a second one waits until the first
 * is done or dead. Returns the function that ends it.
 */
export function waitForOtherPreparation(root) {
  const path = join(root, '.data', 'preparing');
  let told = false;
  while (!claim(path)) {
    if (!told)
      process.stderr.write(
        `${text('Otro proceso está instalando; se espera…', 'Another process is installing; waiting…')}\n`,
      );
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
  return () => rmSync(path, { force: true });
}

function claim(path) {
  // Linked rather than written in place: nobody can read it half-written.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${process.pid}`);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(Number(readIfThere(path)))) rmSync(path, { force: true });
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
