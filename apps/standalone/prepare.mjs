import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, sourceDigest } from './digest.mjs';
import { waitForOtherPreparation } from './preparation-lock.mjs';
import { text } from './terminal-text.mjs';

// What `npm start` and `npm test` need before anything of ours can run: the packages of the lock
// file, and a build of the sources as they are. Plain Node, for at this point there is nothing
// else. A tenth of a second when there is nothing to do.

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const oldestNode = [20, 19];

/** Installs and builds what is missing or stale. Ends the process with one sentence if it cannot. */
export function prepare() {
  checkNode();
  const lock = digestOf(root, [join(root, 'package-lock.json')]);
  const installed = join(root, 'node_modules', '.prepared');
  const built = join(root, 'dist', '.built');
  const stale = () => ({
    packages: read(installed) !== lock && !packagesMatch(),
    build: read(built) !== sourceDigest(root, lock),
  });
  if (stale().packages || stale().build) {
    checkWritable();
    const unlock = waitForOtherPreparation(root);
    try {
      if (stale().packages) install(installed, lock);
      if (stale().build) build(built, lock);
    } finally {
      unlock();
    }
  }
}

function install(marker, lock) {
  say(
    'Instalando las dependencias (la primera vez tarda un minuto)…',
    'Installing the dependencies (a minute, the first time)…',
  );
  const flags = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const { status } = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...flags])
    : run('npm', flags, process.platform === 'win32');
  if (status !== 0) {
    fail(
      'No se pudieron instalar las dependencias: revise arriba lo que dice npm, y la conexión a internet.',
      'The dependencies could not be installed: see above what npm says, and check the connection.',
    );
  }
  writeFileSync(marker, lock);
}

function build(marker, lock) {
  say('Compilando…', 'Building…');
  // Taken before: a file changed during the build makes the next start build again.
  const digest = sourceDigest(root, lock);
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  runTool('@nestjs/cli/bin/nest.js', ['build', '-p', 'tsconfig.build.json']);
  runTool('vite/bin/vite.js', ['build', '--config=apps/console/vite.config.ts', '--logLevel=warn']);
  writeFileSync(marker, digest);
}

/** By its path, for npm may not be there (`node apps/standalone/start.mjs`). */
function runTool(path, parameters) {
  const tool = join(root, 'node_modules', ...path.split('/'));
  const { status } = run(process.execPath, [tool, ...parameters]);
  if (status === 0) return;
  fail(
    'La compilación falló: vea los errores de arriba.',
    'The build failed: see the errors above.',
  );
}

function run(program, parameters, shell = false) {
  // What npm says goes to stderr, so that the output of `npm run … --json` stays clean.
  return spawnSync(program, parameters, { cwd: root, shell, stdio: ['ignore', 2, 2] });
}

/** True after an `npm ci` that was not ours, where npm's own record equals the lock file. */
function packagesMatch() {
  try {
    const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    const wanted = packagesOf(join(root, 'package-lock.json'));
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' || there[path]?.version === entry.version || (!there[path] && entry.optional),
    );
  } catch {
    return false;
  }
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(
    `Hace falta Node ${oldestNode.join('.')} o más nuevo, y este es ${process.versions.node}: instálelo de https://nodejs.org.`,
    `Node ${oldestNode.join('.')} or newer is needed, and this is ${process.versions.node}: get it from https://nodejs.org.`,
  );
}

function checkWritable() {
  try {
    for (const path of [root, join(root, 'node_modules'), join(root, 'dist')]) {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    }
    mkdirSync(join(root, '.data'), { recursive: true, mode: 0o711 });
  } catch (error) {
    fail(
      `No se puede escribir en ${error.path ?? root} (${error.code}), donde van las dependencias y la compilación: use una copia propia del proyecto.`,
      `${error.path ?? root} cannot be written to (${error.code}), and that is where dependencies and build go: use a copy of the project that is yours.`,
    );
  }
}

function say(spanish, english) {
  process.stderr.write(`${text(spanish, english)}\n`);
}

function fail(spanish, english) {
  process.stderr.write(`✘ ${text(spanish, english)}\n`);
  process.exit(1);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) prepare();
