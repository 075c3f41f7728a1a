import { describe, expect, test } from '@jest/globals';
import { ConfigurationError } from './configuration.js';
import { readSandboxConfiguration } from './sandbox-configuration.js';

describe('the sandbox’s own variables', () => {
  test('all have a default, and an empty one counts as not set', () => {
    expect(readSandboxConfiguration({ SANDBOX_HTTP_PORT: ' ' })).toEqual({
      host: '127.0.0.1',
      httpPort: 8025,
      smtpPort: 1025,
      dataFolder: '.data/sandbox',
      keptMessages: 2000,
    });
  });

  test('are taken as given', () => {
    expect(readSandboxConfiguration({ SANDBOX_SMTP_PORT: '0', SANDBOX_HOST: '::1' })).toMatchObject(
      { smtpPort: 0, host: '::1' },
    );
  });

  test.each([
    ['SANDBOX_HOST', '0.0.0.0', 'e.g. 127.0.0.1'],
    ['SANDBOX_HTTP_PORT', '70000', 'e.g. 8025'],
    ['SANDBOX_SMTP_PORT', 'mail', 'e.g. 1025'],
    ['SANDBOX_KEPT_MESSAGES', '0', 'e.g. 2000'],
  ])('%s=%s is refused by name and with an example', (name, value, example) => {
    const read = () => readSandboxConfiguration({ [name]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
    expect(read).toThrow(example);
  });
});
