import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { environment } from '#infrastructure/config/environment.js';
import { readSandboxConfiguration } from '#infrastructure/config/sandbox-configuration.js';

const example = readFileSync('.env.example', 'utf8');
const lines = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({
  name,
  value,
}));
const ofNpmStart = ['DATA_DIR'];
const ofTheSandbox = [
  'SANDBOX_HOST',
  'SANDBOX_HTTP_PORT',
  'SANDBOX_SMTP_PORT',
  'SANDBOX_DATA_FOLDER',
  'SANDBOX_KEPT_MESSAGES',
];

describe('.env.example', () => {
  test('names every variable that is read, once, and no other', () => {
    const read = [...Object.keys(environment.shape), ...ofTheSandbox, ...ofNpmStart];
    expect(lines.map(({ name }) => name).sort()).toEqual(read.sort());
  });

  test('shows the defaults, so that a copy changes nothing', () => {
    const copied = Object.fromEntries(lines.map(({ name, value }) => [name, value]));
    const database = { DATABASE_URL: 'postgresql://localhost/notifications' };
    expect(readConfiguration({ ...copied, ...database })).toEqual(readConfiguration(database));
    expect(readSandboxConfiguration(copied)).toEqual(readSandboxConfiguration({}));
  });
});
