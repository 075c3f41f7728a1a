// Proves that the OpenAPI document carries a client in another language: generates one for Python,
// compiles it, and lets it talk to the running service. Needs Java and Python 3 with urllib3, six,
// certifi and dateutil. Runs from the repository's folder, while `npm start` runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The last version whose package holds the generator itself; later ones fetch it from elsewhere.
const generator = '@openapitools/openapi-generator-cli@1.0.18-5.0.0-beta2';
const integrity =
  'sha512-zcuOcVKuQ/wp5immG4l3/w5koLHLy+NCoFPK4RQ2iz34kHgtaRfXzNIroulHWLUNuoWgx9y2zYecEITX6ndGMA==';
// Debian's, which its packages are for; a newer one may come first on the path.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const url = `http://127.0.0.1:${process.env.PORT ?? 8000}`;

const folder = mkdtempSync(join(tmpdir(), 'python-client-'));
try {
  const document = await (await fetch(`${url}/api/schema/`)).text();
  writeFileSync(join(folder, 'document.json'), JSON.stringify(asVersion3dot0(document)));
  const packed = JSON.parse(run('npm', ['pack', generator, '--json', '--silent'], folder))[0];
  const archive = readFileSync(join(folder, packed.filename));
  const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (found !== integrity) throw new Error(`${generator} is not what it was: ${found}`);
  run('tar', ['-xzf', packed.filename], folder);
  const jar = join(folder, 'package', 'bin', 'openapi-generator.jar');
  const options = ['-i', 'document.json', '-g', 'python', '-o', 'client'];
  run('java', ['-jar', jar, 'generate', ...options, '--package-name', 'ambacar'], folder);
  run(python, ['-m', 'compileall', '-q', 'client'], folder);
  const script = join(process.cwd(), 'test/contract/python/talk.py');
  process.stdout.write(run(python, [script, url], folder, { PYTHONPATH: 'client' }));
} finally {
  rmSync(folder, { recursive: true });
}

function run(command, args, cwd, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: { ...process.env, ...environment },
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}:\n${`${stdout}${stderr}`.slice(-3000)}`);
  }
  return stdout;
}

/** The generator reads OpenAPI 3.0, where null is a mark on a type and not a type. */
function asVersion3dot0(text) {
  const document = JSON.parse(text, (_name, value) => {
    if (typeof value !== 'object' || value === null) return value;
    return withoutNullChoice(withoutNullType(value));
  });
  return { ...document, openapi: '3.0.3' };
}

function withoutNullType(schema) {
  const isNullable = Array.isArray(schema.type) && schema.type.includes('null');
  const marked = isNullable
    ? { ...schema, type: schema.type.find((type) => type !== 'null'), nullable: true }
    : schema;
  return Array.isArray(marked.enum)
    ? { ...marked, enum: marked.enum.filter((choice) => choice !== null) }
    : marked;
}

function withoutNullChoice(schema) {
  const name = ['anyOf', 'oneOf'].find((each) =>
    schema[each]?.some?.((choice) => choice.type === 'null'),
  );
  if (!name) return schema;
  const { [name]: choices, ...rest } = schema;
  const others = choices.filter((choice) => choice.type !== 'null');
  return { ...rest, [others.length === 1 ? 'allOf' : name]: others, nullable: true };
}
