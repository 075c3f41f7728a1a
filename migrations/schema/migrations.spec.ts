import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { migrations } from './migrations.js';

const folder = 'migrations/schema';
const files = readdirSync(folder).filter((name) => /^\d+-.*\.ts$/.test(name));

/** Steps that were there before anybody ran the service; those after them meet running programs. */
const lastUnreleased = 1795305600018;

/**
 * What keeps the programs of before or after from working beside a migration, or holds a big table
 * while it runs, and how it is done instead. docs/decisions/0018 says why.
 */
const denied: readonly [pattern: RegExp, instead: string][] = [
  [/\bDROP\s+COLUMN\b/i, 'stop using it in one release, drop it in the next'],
  [/\bRENAME\s+(?:COLUMN|TO)\b/i, 'add the new one, fill it, and drop the old one a release later'],
  [/\bSET\s+NOT\s+NULL\b/i, 'CHECK (… IS NOT NULL) NOT VALID, VALIDATE, then SET NOT NULL'],
  [
    /\bALTER\s+(?:COLUMN\s+)?(?!TABLE)\w+\s+(?:SET\s+DATA\s+)?TYPE\b/i,
    'a new column beside the old one',
  ],
  [/\bADD\s+COLUMN\s+(?:(?!DEFAULT)[^,;])*\bNOT\s+NULL\b(?![^,;]*\bDEFAULT\b)/i, 'give a DEFAULT'],
  [
    /\bADD\s+(?:CONSTRAINT\s+\S+\s+)?(?:CHECK|FOREIGN\s+KEY)\b(?![^;]*\bNOT\s+VALID\b)/i,
    'NOT VALID',
  ],
  [/\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)/i, 'CREATE INDEX CONCURRENTLY'],
  [/\bLOCK\s+TABLE\b/i, 'small transactions'],
];

/** What a step does on its way forward, for tables that it does not make itself. */
function faultsOf(source: string): string[] {
  const [, up = ''] =
    /\bup\s*\([\s\S]*?\{([\s\S]*?)(?:\n {2}(?:async |public )?down\b|$)/.exec(source) ?? [];
  const own = new Set(
    [...up.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gi)].map(([, name]) => name),
  );
  const statements = up.split(/[;`]/).filter((text) => {
    const [, table] =
      /\b(?:ALTER TABLE|INDEX\b[^;]*?\bON)\s+(?:ONLY\s+|IF EXISTS\s+)?(\w+)/i.exec(text) ?? [];
    return !own.has(table);
  });
  return statements.flatMap((statement) =>
    denied.flatMap(([pattern, instead]) =>
      pattern.test(statement) ? [`${statement.trim()} → ${instead}`] : [],
    ),
  );
}

describe('the schema’s steps', () => {
  test('are listed once each, oldest first, under the number of their file', () => {
    const numbers = files.map((name) => Number(/^\d+/.exec(name)?.[0])).sort();
    expect(migrations.map(({ name }) => Number(/\d+$/.exec(name)?.[0]))).toEqual(numbers);
  });

  test('after the first release let the programs of before and after work beside them', () => {
    const faults = files
      .filter((name) => Number.parseInt(name, 10) > lastUnreleased)
      .flatMap((name) => faultsOf(readFileSync(`${folder}/${name}`, 'utf8')));
    expect(faults).toEqual([]);
  });

  test.each([
    'ALTER TABLE message DROP COLUMN fence',
    'ALTER TABLE message RENAME COLUMN fence TO claim',
    'ALTER TABLE message ALTER COLUMN address SET NOT NULL',
    'ALTER TABLE message ALTER COLUMN attempts TYPE bigint',
    'ALTER TABLE message ALTER attempts TYPE bigint',
    'ALTER TABLE message ADD COLUMN cost integer NOT NULL',
    'ALTER TABLE message ADD CONSTRAINT some CHECK (attempts >= 0)',
    'ALTER TABLE message ADD CONSTRAINT some FOREIGN KEY (id) REFERENCES other',
    'CREATE INDEX message_cost ON message (cost)',
    'LOCK TABLE message',
  ])('the check finds: %s', (sql) => {
    expect(faultsOf(`async up(runner) {\n await runner.query(\`${sql}\`); }`)).toHaveLength(1);
  });

  test.each([
    'ALTER TABLE message ADD COLUMN cost integer',
    'ALTER TABLE message ADD COLUMN cost integer NOT NULL DEFAULT 0',
    'ALTER TABLE message ADD CONSTRAINT some CHECK (attempts >= 0) NOT VALID',
    'ALTER TABLE message VALIDATE CONSTRAINT some',
    'CREATE INDEX CONCURRENTLY message_cost ON message (cost)',
    'CREATE TABLE fresh (id uuid); CREATE INDEX fresh_id ON fresh (id)',
  ])('and leaves alone: %s', (sql) => {
    expect(faultsOf(`async up(runner) {\n await runner.query(\`${sql}\`); }`)).toEqual([]);
  });
});
