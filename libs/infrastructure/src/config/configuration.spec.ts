import { describe, expect, test } from '@jest/globals';
import { ConfigurationError, readConfiguration } from './configuration.js';

const least = { DATABASE_URL: 'postgresql://user:password@db.example.com/notifications' };
const production = { ...least, NODE_ENV: 'production', SECRET_KEY: 'k'.repeat(32) };

function refusalOf(environment: Record<string, string>): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('the environment was taken');
}

describe('the environment', () => {
  test('names every variable that is wrong at once, with an example', () => {
    const told = refusalOf({ DATABASE_URL: 'nonsense', PORT: '0', API_AUTH: 'maybe' });
    expect(told).toMatch(/DATABASE_URL: .*e\.g\. postgresql:/);
    expect(told).toMatch(/PORT: .*e\.g\. 8000/);
    expect(told).toMatch(/API_AUTH: .*e\.g\. keys/);
  });

  test('counts an empty variable as not set, as .env files write it', () => {
    expect(readConfiguration({ ...least, PORT: '', REDIS_URL: ' ' })).toMatchObject({
      http: { port: 8000 },
      queue: { backend: 'postgres' },
    });
  });

  test.each([
    [{ EMAIL_PORT: '465' }, 'implicit-tls'],
    [{ EMAIL_PORT: '587' }, 'starttls'],
    [{ EMAIL_PORT: '25' }, 'none'],
    [{ EMAIL_PORT: '2525', EMAIL_USE_TLS: 'True' }, 'starttls'],
    [{ EMAIL_PORT: '587', EMAIL_USE_TLS: 'False' }, 'none'],
  ])('reads %j as mail by %s', (variables, security) => {
    expect(readConfiguration({ ...least, ...variables }).email.security).toBe(security);
  });

  test('knows the instance of Evolution API by its older name, too', () => {
    const evolution = { EVOLUTION_API_URL: 'https://e.example.com/', EVOLUTION_API_KEY: 'k' };
    const read = readConfiguration({ ...least, ...evolution, EVOLUTION_INSTANCE_NAME: 'taller' });
    expect(read.evolution).toMatchObject({ url: 'https://e.example.com', instance: 'taller' });
  });

  test('cannot be changed once it is read', () => {
    const { http } = readConfiguration(least);
    expect(() => Object.assign(http, { port: 1 })).toThrow(TypeError);
  });
});

describe('without authentication', () => {
  test('the service listens on loopback', () => {
    expect(readConfiguration({ ...least, API_AUTH: 'off' }).http.host).toBe('127.0.0.1');
  });

  test.each(['0.0.0.0', '::', '10.0.0.5', '127.0.0.1.example.com'])('%s is refused', (HOST) => {
    expect(refusalOf({ ...least, API_AUTH: 'off', HOST })).toMatch(
      /HOST: .*loopback.*127\.0\.0\.1/,
    );
  });

  test.each(['127.0.0.1', 'localhost', '::1'])('%s is taken', (HOST) => {
    expect(readConfiguration({ ...least, API_AUTH: 'off', HOST }).http.host).toBe(HOST);
  });

  test('nothing starts in production', () => {
    expect(refusalOf({ ...production, API_AUTH: 'off' })).toContain('API_AUTH:');
  });
});

describe('the staff’s identity provider', () => {
  test('is none by default', () => {
    expect(readConfiguration(least).auth.oidc).toBeNull();
  });

  test.each([
    [{ OIDC_ISSUER: 'https://id.example.com' }, 'OIDC_AUDIENCE'],
    [{ OIDC_JWKS_URL: 'https://id.example.com/jwks', OIDC_AUDIENCE: 'ambacar' }, 'OIDC_ISSUER'],
  ])('%j is refused for want of %s', (variables, missing) => {
    expect(refusalOf({ ...least, ...variables })).toMatch(new RegExp(`${missing}: .*e\\.g\\. `));
  });

  test('a claim named for the workshop must be in every token', () => {
    const provider = { OIDC_ISSUER: 'https://id.example.com', OIDC_AUDIENCE: 'a,b' };
    expect(readConfiguration({ ...least, ...provider }).auth.oidc).toMatchObject({
      audiences: ['a', 'b'],
      tallerClaims: ['taller_id', 'app_metadata.taller_id'],
      tallerRequired: false,
      client: null,
    });
    const named = { ...least, ...provider, OIDC_TALLER_CLAIM: 'https://ambacar.example/taller' };
    expect(readConfiguration(named).auth.oidc).toMatchObject({
      tallerClaims: ['https://ambacar.example/taller'],
      tallerRequired: true,
    });
  });
});

describe('rate limits', () => {
  test('are there by default, save where nobody is told apart', () => {
    const read = (more: object) => readConfiguration({ ...least, ...more }).rateLimit.perMinute;
    expect(read({})).toBe(6000);
    expect(read({ API_AUTH: 'off' })).toBe(0);
    expect(read({ API_AUTH: 'off', RATE_LIMIT_PER_MINUTE: '5' })).toBe(5);
  });

  test.each(['10.0.0.0/8', '::1', 'loopback, 192.0.2.7'])('a proxy at %s is taken', (proxies) => {
    expect(() => readConfiguration({ ...least, TRUSTED_PROXIES: proxies })).not.toThrow();
  });

  test.each(['proxy.example.com', '10.0.0.0/33', '*', '10.0.0.1/8/8'])('%s is refused', (proxy) => {
    expect(refusalOf({ ...least, TRUSTED_PROXIES: proxy })).toMatch(/TRUSTED_PROXIES: .*10\.0/);
  });
});

describe('in production', () => {
  test('a secret of 32 characters is enough, and a shorter one is refused', () => {
    expect(readConfiguration(production).production).toBe(true);
    expect(refusalOf({ ...production, SECRET_KEY: 'short' })).toContain('SECRET_KEY:');
  });

  test.each(['OIDC_ISSUER', 'OIDC_JWKS_URL'])('%s is never asked without TLS', (name) => {
    const provider = { OIDC_ISSUER: 'https://id.example.com', OIDC_AUDIENCE: 'ambacar' };
    const told = refusalOf({ ...production, ...provider, [name]: 'http://id.example.com' });
    expect(told).toContain(`${name}:`);
  });

  test('a push service is never called without TLS', () => {
    const PUSH_TRUSTED_ORIGINS = 'http://push.example.com';
    expect(refusalOf({ ...production, PUSH_TRUSTED_ORIGINS })).toContain('PUSH_TRUSTED_ORIGINS:');
  });
});
