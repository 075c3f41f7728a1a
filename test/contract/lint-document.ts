import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const rules = fileURLToPath(new URL('../../libs/contracts/redocly.yaml', import.meta.url));

interface Problem {
  ruleId: string;
  message: string;
  location: { pointer?: string }[];
}

/** What the rules of the contract find fault with, as `rule place: why`. */
export async function lint(document: object): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'document-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  try {
    const { problems }: { problems: Problem[] } = JSON.parse(await run(file));
    return problems.map(
      ({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer ?? ''}: ${message}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The lint's report. It also ends with a code of its own where it finds something. */
function run(file: string): Promise<string> {
  const program = require.resolve('@redocly/cli/bin/cli.js');
  const args = [program, 'lint', '--config', rules, '--format', 'json', '--max-problems', '500'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...args, file],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (stdout.startsWith('{')) resolve(stdout);
        else reject(error ?? new Error(stderr));
      },
    );
  });
}
