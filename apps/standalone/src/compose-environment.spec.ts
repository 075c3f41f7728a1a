import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { composeEnvironment } from './compose-environment.js';

const own = {
  databaseUrl: 'postgresql://postgres:secret@127.0.0.1:5433/notifications',
  secrets: {
    SECRET_KEY: 'k'.repeat(64),
    VAPID_PUBLIC_KEY: 'P'.repeat(87),
    VAPID_PRIVATE_KEY: 'p'.repeat(43),
  },
  sandbox: {
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: '1025',
    EMAIL_USE_TLS: 'false',
    EVOLUTION_API_URL: 'http://127.0.0.1:8025',
    EVOLUTION_API_KEY: 'sandbox',
    EVOLUTION_INSTANCE: 'sandbox',
    PUSH_TRUSTED_ORIGINS: 'http://127.0.0.1:8025',
  },
};
const compose = (given: Record<string, string>) => composeEnvironment(given, own);

describe('the environment of npm start', () => {
  test('needs nothing from the operator', () => {
    const { environment, real, sandbox } = compose({});
    const configuration = readConfiguration(environment);
    expect(real).toEqual([]);
    expect(sandbox).toEqual(['email', 'whatsapp', 'push']);
    expect(configuration.auth.mode).toBe('off');
    expect(configuration.http.host).toBe('127.0.0.1');
    expect(configuration.email).toMatchObject({ host: '127.0.0.1', port: 1025, security: 'none' });
    expect(configuration.push?.trustedOrigins).toEqual(['http://127.0.0.1:8025']);
    expect(configuration.delivery.retryBaseMs).toBe(1000);
  });

  test('leaves a channel of the operator’s to the operator', () => {
    const given = { EMAIL_HOST: 'smtp.example.com', EMAIL_PORT: '465' };
    const { environment, real, sandbox } = compose(given);
    expect(real).toEqual(['email']);
    expect(sandbox).toEqual(['whatsapp', 'push']);
    expect(readConfiguration(environment).email).toMatchObject({
      host: 'smtp.example.com',
      port: 465,
      security: 'implicit-tls',
    });
    expect(environment.DELIVERY_RETRY_BASE_MS).toBeUndefined();
  });

  test('never mixes the operator’s passwords into the sandbox’s channel', () => {
    const given = { EMAIL_HOST: ' ', EMAIL_PORT: '587', EMAIL_HOST_USER: 'someone' };
    expect(readConfiguration(compose(given).environment).email).toMatchObject({
      host: '127.0.0.1',
      port: 1025,
      user: null,
    });
  });

  test.each([
    ['in production', { NODE_ENV: 'production' }],
    ['with a database of the operator’s', { DATABASE_URL: 'postgresql://db.example.com/n' }],
    ['on an address that others reach', { HOST: '0.0.0.0' }],
    ['when the operator wants it', { API_AUTH: 'keys' }],
  ])('asks callers for keys %s', (_, given) => {
    expect(readConfiguration(compose(given).environment).auth.mode).toBe('keys');
  });

  test('has no sandbox in production', () => {
    const { environment, sandbox } = compose({ NODE_ENV: 'production' });
    expect(sandbox).toEqual([]);
    expect(environment.EVOLUTION_API_URL).toBeUndefined();
  });
});
