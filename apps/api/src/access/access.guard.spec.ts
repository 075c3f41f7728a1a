import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { type Configuration, readConfiguration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { createHttpAdapter } from '../http/http-adapter.js';
import { KnownRoutes } from '../http/known-routes.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { AccessGuard } from './access.guard.js';
import { callerOf, Internal, Needs, Public } from './access.js';
import { Callers } from './callers.js';
import { clientAddresses } from './client-address.js';
import { InternalSecrets } from './internal-secrets.js';
import { KnownKeys } from './known-keys.js';
import { RateLimits } from './rate-limits.js';
import { recogniseCallers } from './recognise-callers.js';
import { secureRequests } from './secure-requests.js';
import { Sessions } from './sessions.js';
import { WebhookSecrets } from './webhook-secrets.js';

const secret = 's'.repeat(32);
const previous = 'p'.repeat(32);

@Controller('api/internal/v1/core')
class CoreController {
  @Internal()
  @Get()
  read(): object {
    return {};
  }

  @Needs('read')
  @Get('misplaced')
  misplaced(): object {
    return {};
  }
}

@Controller('api/v1')
class OpenController {
  @Public()
  @Get('public')
  all(): object {
    return {};
  }

  @Needs('read')
  @Get('read')
  some(): object {
    return {};
  }

  @Get('forgotten')
  none(): object {
    return {};
  }

  @Internal()
  @Get('misplaced')
  misplaced(): object {
    return {};
  }
}

let database: { url: string; drop(): Promise<void> };
let dataSource: DataSource;
let key: string;
const log: { msg?: string }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { url: database.url, poolSize: 2 };
  dataSource = await createDataSource(options, { applicationName: 'test' }).initialize();
  ({ key } = await createApiKey(dataSource, { name: 'all', scopes: ['admin'] }));
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** Serves the two controllers as the API serves its own. */
async function serve<T>(
  more: Record<string, string>,
  use: (get: (path: string, headers?: Record<string, string>) => Promise<Response>) => Promise<T>,
): Promise<T> {
  const configuration = readConfiguration({ DATABASE_URL: database.url, ...more });
  const app = await start(configuration);
  try {
    const url = await app.getUrl();
    return await use((path, headers = {}) => fetch(url + path, { headers }));
  } finally {
    await app.close();
  }
}

async function start({ auth, ...configuration }: Configuration): Promise<NestFastifyApplication> {
  const routes = new KnownRoutes();
  const logger = createLogger({
    level: 'info',
    name: 'test',
    destination: { write: (line: string) => void log.push(JSON.parse(line)) },
  });
  const adapter = await createHttpAdapter({ auth, ...configuration }, logger, routes);
  @Module({
    controllers: [CoreController, OpenController],
    providers: [
      { provide: KnownRoutes, useValue: routes },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  })
  class TestModule {}
  const app = await NestFactory.create<NestFastifyApplication>(TestModule, adapter, {
    bodyParser: false,
    logger: false,
  });
  const internal = new InternalSecrets(auth.internalSecrets);
  const keys = new KnownKeys(dataSource);
  const sessions = new Sessions(['k'.repeat(40)], keys, secureRequests([]));
  recogniseCallers(
    adapter.getInstance(),
    new Callers(auth.mode, internal, new WebhookSecrets([]), keys, null, sessions),
    new RateLimits(configuration.rateLimit),
    clientAddresses([]),
    () => false,
  );
  await app.listen(0, '127.0.0.1');
  return app;
}

const core = '/api/internal/v1/core';
const withSecret = (shown: string) => ({ 'x-internal-secret': shown });
const both = { INTERNAL_API_SECRET_KEY: secret, INTERNAL_API_SECRET_KEY_PREVIOUS: previous };

describe('an internal route', () => {
  test('takes the secret, and the one before it', () =>
    serve(both, async (get) => {
      expect((await get(core, withSecret(secret))).status).toBe(200);
      expect((await get(core, withSecret(previous))).status).toBe(200);
    }));

  test.each([
    ['nothing', {}],
    ['another secret', withSecret('x'.repeat(32))],
    ['a part of it', withSecret(secret.slice(1))],
    ['more than it', withSecret(`${secret}s`)],
    ['an empty one', withSecret('')],
  ])('answers 401 to %s', (_, headers: Record<string, string>) =>
    serve(both, async (get) => {
      const answer = await get(core, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('InternalSecret');
    }),
  );

  test('answers 401 to every key, and with authentication off as well', async () => {
    const headers = { authorization: `Bearer ${key}` };
    await serve(both, async (get) => expect((await get(core, headers)).status).toBe(401));
    await serve({ ...both, API_AUTH: 'off' }, async (get) => {
      expect((await get(core)).status).toBe(401);
      expect((await get(core, withSecret(secret))).status).toBe(200);
    });
  });

  test('answers 401 to all where no secret is configured, and says so once', () =>
    serve({}, async (get) => {
      log.length = 0;
      for (const shown of ['', secret, 'undefined']) {
        expect((await get(core, withSecret(shown))).status).toBe(401);
      }
      expect(log.filter(({ msg }) => msg?.includes('INTERNAL_API_SECRET_KEY'))).toHaveLength(1);
    }));
});

test('the internal secret opens no other route', () =>
  serve(both, async (get) => {
    expect((await get('/api/v1/read', withSecret(secret))).status).toBe(401);
    expect((await get('/api/v1/forgotten', withSecret(secret))).status).toBe(401);
    expect((await get('/api/v1/public', withSecret(secret))).status).toBe(200);
  }));

test('a route that forgot to say who may call it is closed to everyone', () =>
  serve(both, async (get) => {
    const headers = { authorization: `Bearer ${key}` };
    expect((await get('/api/v1/read', headers)).status).toBe(200);
    expect((await get('/api/v1/forgotten', headers)).status).toBe(403);
    expect((await get('/api/v1/forgotten')).status).toBe(401);
    // Closed as well: the door of one kind, at the other's address.
    expect((await get('/api/v1/misplaced', { ...headers, ...withSecret(secret) })).status).toBe(
      401,
    );
    expect((await get(`${core}/misplaced`, { ...headers, ...withSecret(secret) })).status).toBe(
      403,
    );
  }));

test('a path that is written otherwise is not another door', () =>
  serve(both, async (get) => {
    for (const path of ['/%61pi/internal/v1/core', '/api/internal/v1/core/', '/api/v1/%72ead']) {
      expect((await get(path)).status).toBe(401);
    }
    for (const path of ['/API/internal/v1/core', '//api/v1/read', '/api/v1/../v1/read']) {
      expect([401, 404]).toContain((await get(path)).status);
    }
  }));

test('callers that no hook has recognised are strangers', () => {
  // What a request is that never passed by the hook, such as a probe.
  const request: Parameters<typeof callerOf>[0] = Object.create(null);
  expect(callerOf(request)).toBeUndefined();
});
