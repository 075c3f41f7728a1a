import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

// A check that sees nothing passes as well. So a small tree in which every rule is broken is
// judged by the very settings that judge the sources.

/** What breaks a rule: the rule, the file, what it says. */
const broken: [rule: string, file: string, source: string][] = [
  ['domain-is-alone', 'libs/domain/src/a.ts', `import { Injectable } from '@nestjs/common';`],
  ['domain-is-alone', 'libs/domain/src/b.ts', `import { randomUUID } from 'node:crypto';`],
  ['domain-is-alone', 'libs/domain/src/c.ts', `import type { Shape } from '#contracts/right.js';`],
  [
    'domain-is-alone',
    'libs/domain/src/d.ts',
    `export const late = import('#infrastructure/right.js');`,
  ],
  ['domain-is-alone', 'libs/domain/src/e.ts', `export * from '../../infrastructure/src/right.js';`],
  [
    'domain-tests-stay-in-the-domain',
    'libs/domain/src/f.spec.ts',
    `import { right } from '#infrastructure/right.js';`,
  ],
  ['contracts-see-domain-only', 'libs/contracts/src/a.ts', `import type { Pool } from 'pg';`],
  ['contracts-see-domain-only', 'libs/contracts/src/b.ts', `import '#infrastructure/right.js';`],
  [
    'infrastructure-never-sees-apps',
    'libs/infrastructure/src/a.ts',
    `import '../../../apps/api/src/right.js';`,
  ],
  ['apps-never-see-each-other', 'apps/worker/src/a.ts', `import '../../api/src/right.js';`],
  ['migrations-stand-alone', 'migrations/a.ts', `import '#infrastructure/right.js';`],
  ['migrations-stand-alone', 'migrations/b.ts', `import { Client } from 'pg';`],
  [
    'not-to-testing',
    'libs/infrastructure/src/b.ts',
    `import { built } from '#domain/testing/built.js';`,
  ],
  ['not-to-test', 'apps/api/src/a.ts', `import '../../../test/support.js';`],
  ['not-to-development-packages', 'apps/api/src/b.ts', `import fc from 'fast-check';`],
  [
    'console-speaks-through-the-client',
    'apps/console/src/a.tsx',
    `import type { Right } from '#contracts/right.js';`,
  ],
  ['no-cycles', 'apps/api/src/ring-a.ts', `import './ring-b.js';`],
  ['no-orphans', 'apps/api/src/lonely.ts', 'export const lonely = true;'],
  ['everything-is-found', 'apps/api/src/c.ts', `import '#infrastructure/nowhere.js';`],
];

const right: [file: string, source: string][] = [
  ['libs/domain/src/right.ts', 'export interface Right { is: true }'],
  ['libs/domain/src/user.ts', `import type { Right } from './right.js';`],
  ['libs/domain/src/testing/built.ts', `import type { Right } from '../right.js';`],
  [
    'libs/domain/src/right.spec.ts',
    `import { test } from '@jest/globals'; import './testing/built.js';`,
  ],
  [
    'libs/contracts/src/right.ts',
    `import { IsIn } from 'class-validator'; import type { Right } from '#domain/right.js';`,
  ],
  [
    'libs/infrastructure/src/right.ts',
    `import pg from 'pg'; import '#contracts/right.js'; import '#migrations/right.js';`,
  ],
  [
    'migrations/right.ts',
    `import { createHash } from 'node:crypto'; import type { DataSource } from 'typeorm';`,
  ],
  ['apps/api/src/right.ts', `import '#infrastructure/right.js'; import '#domain/right.js';`],
  // A ring is reported where it starts.
  ['apps/api/src/ring-b.ts', `import './ring-a.js';`],
  ['apps/cli/src/right.ts', `import '../../api/src/right.js';`],
  ['apps/standalone/src/right.ts', `import '../../api/src/right.js';`],
  ['test/support.ts', `import '../apps/api/src/right.js';`],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ambacar-boundaries-'));
  for (const settings of [
    '.dependency-cruiser.cjs',
    'test/boundaries/resolve.cjs',
    'package.json',
    'tsconfig.json',
  ]) {
    await cp(settings, join(folder, settings));
  }
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  for (const [file, source] of [...right, ...broken.map(([, ...rest]) => rest)]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${source}\n`);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the boundary check', () => {
  test('reports every broken rule in its file, and nothing else', async () => {
    const reported = (await violations()).map(({ rule, from }) => `${rule.name}: ${from}`);
    expect([...new Set(reported)].sort()).toEqual(
      broken.map(([rule, file]) => `${rule}: ${file}`).sort(),
    );
  });

  test('has no rule that is not broken here', () => {
    const settings: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
      '../../.dependency-cruiser.cjs',
    );
    const rules = settings.forbidden.map(({ name }) => name);
    expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});

interface Violation {
  from: string;
  rule: { name: string };
}

/** Throws where the check could not run. */
async function violations(): Promise<Violation[]> {
  const program = join(process.cwd(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const parameters = [program, '--output-type', 'json', 'apps', 'libs', 'migrations', 'test'];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout).summary.violations;
}
