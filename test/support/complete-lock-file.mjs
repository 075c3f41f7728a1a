import { readFileSync, writeFileSync } from 'node:fs';

// Completes package-lock.json after a change of the dependencies behind a registry that does not
// carry every platform's packages: npm then leaves those out of the lock file, and `npm ci` refuses
// it as out of date, everywhere. An entry's version is the one that its parent names; what it is
// for stands in its name.
//
//   node test/support/complete-lock-file.mjs [--check]

const path = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingEntries(lock.packages);

if (missing.length === 0) process.exit(0);
if (process.argv.includes('--check')) {
  process.stderr.write(
    `Missing in package-lock.json: ${missing.map(([place]) => place).join(', ')}\n`,
  );
  process.exit(1);
}
const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
packages.sort(([one], [other]) => one.localeCompare(other, 'en'));
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
);

function missingEntries(known) {
  return Object.entries(known).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isResolved(known, parent, name))
      .map(([name, range]) => [`node_modules/${name}`, entryFor(name, range, dev)]),
  );
}

/** As Node looks: beside the parent's own packages, then further and further out. */
function isResolved(known, parent, name) {
  for (let place = parent; ; place = place.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (known[place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`]) return true;
    if (place === '') return false;
  }
}

function entryFor(name, range, dev) {
  const words = name.split(/[-/]/);
  const one = (...candidates) => candidates.filter((word) => words.includes(word)).slice(0, 1);
  const arm = words.some((word) => word === 'arm') ? ['arm'] : [];
  const cpu = [
    ...one('arm64', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'),
    ...arm,
  ];
  const os = one('android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'sunos', 'aix');
  const musl = words.some((word) => word.startsWith('musl'));
  const gnu = words.some((word) => word.startsWith('gnu'));
  const libc = musl ? ['musl'] : gnu ? ['glibc'] : [];
  if (os.length === 0 && cpu.length === 0) throw new Error(`For which system is ${name}?`);
  return {
    version: range.replace(/^[\^~=v]+/, ''),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc.length > 0 && os[0] === 'linux' ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
