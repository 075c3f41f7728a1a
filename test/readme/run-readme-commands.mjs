import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

// Runs what README.md tells people to type, in its order, so that it stays true.
//
//   ```sh             run to its end; it must exit with 0
//   ```sh background  left running until the end; what follows waits until it is ready
//   ```sh by-hand     not run: it needs an account or a machine of its own
//
//   node test/readme/run-readme-commands.mjs [--except 'npm test']

const readyUrl = `http://127.0.0.1:${process.env.PORT ?? 8000}/health/ready`;
const longestStartMs = 300_000;

const exceptAt = process.argv.indexOf('--except');
const except = exceptAt > 0 ? process.argv[exceptAt + 1] : undefined;
const running = [];
let ran = 0;
try {
  for (const { mark, script } of fencedCommands(readFileSync('README.md', 'utf8'))) {
    if (mark === 'by-hand' || script === except) continue;
    process.stdout.write(`\n$ ${script.replaceAll('\n', '\n$ ')}\n`);
    if (mark === 'background') await start(script);
    else run(script);
    ran += 1;
  }
} finally {
  await Promise.all(running.map(stop));
}
if (ran === 0) throw new Error('README.md has no command in a fence marked sh');
process.stdout.write(`\n${ran} commands of README.md ran.\n`);

function fencedCommands(markdown) {
  return [...markdown.matchAll(/^```sh *([^\n]*)\n(.*?)^```$/gms)].map(([, mark, script]) => {
    if (!['', 'background', 'by-hand'].includes(mark)) throw new Error(`unknown mark: sh ${mark}`);
    return { mark, script: script.trim() };
  });
}

function run(script) {
  const { status } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`ended with ${status}: ${script}`);
}

async function start(script) {
  if (await isReady()) throw new Error(`something answers at ${readyUrl} already`);
  // A group of its own: stopping it must reach what npm started, too.
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  running.push({ child, ended });
  const deadline = Date.now() + longestStartMs;
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${script}`);
    if (Date.now() > deadline) throw new Error(`not ready after ${longestStartMs} ms: ${script}`);
    await wait(250);
  }
}

async function isReady() {
  try {
    return (await fetch(readyUrl)).ok;
  } catch {
    return false;
  }
}

async function stop({ child, ended }) {
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGTERM');
  await ended;
}
