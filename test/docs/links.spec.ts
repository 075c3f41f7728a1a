import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(pages)('%s', (page) => {
  test('points at files that are there', () => {
    const targets = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .flatMap(([, target]) => target ?? [])
      .filter((target) => !/^[a-z]+:/.test(target));
    expect(targets.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
  });
});

test('the road of an event has nine links', () => {
  const rows = readFileSync('docs/flow.md', 'utf8').match(/^\| \d \|.*\]\(.*$/gm);
  expect(rows).toHaveLength(9);
});

test('the tree in the README names the folders that are there', () => {
  const tree = /^```\napps\/.*?^```$/ms.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
  let parent = '';
  const named = [...tree.matchAll(/^( *)([a-z]+)\//gm)].map(([, indent, name]) => {
    if (indent === '') parent = name ?? '';
    return indent === '' ? parent : join(parent, name ?? '');
  });
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((folder) => !existsSync(folder))).toEqual([]);
});
