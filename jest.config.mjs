// Tests run as ES modules: Nest 12 is ESM-only, and Jest 30 cannot require() ESM on Node < 24.9.
const swc = (moduleType) => ({
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: moduleType },
});
// ESM-only leaves that CommonJS packages require().
const requiredEsm = 'cookie|content-disposition';

export default {
  rootDir: '.',
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/migrations', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // In a browser, by test/console/jest.config.mjs; with a redis-server, by `npm run test:redis`.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/console/',
    ...(process.env.TEST_REDIS === 'on' ? [] : ['\\.redis\\.spec\\.ts$']),
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', swc('es6')],
    [`/node_modules/(?:.*/)?(?:${requiredEsm})/.+\\.js$`]: [
      '@swc/jest',
      { ...swc('commonjs'), jsc: { target: 'es2022' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${requiredEsm})/)`],
  moduleNameMapper: {
    '^#(domain|contracts|infrastructure)/(.*)\\.js$': '<rootDir>/libs/$1/src/$2',
    '^#migrations/(.*)\\.js$': '<rootDir>/migrations/$1',
    // Not `x.json.js`, which a package may well mean as it is written.
    '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1',
  },
  globalSetup: '<rootDir>/test/support/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/support/stop-postgres.mjs',
  // ES modules of a test file are never freed. At 3 GB a worker stood still for seconds to collect, and
  // the service that it ran answered 503; so a full one makes way for a new one.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
