// Which way imports may point: apps → contracts, domain, infrastructure; infrastructure → domain,
// contracts, migrations; contracts → domain; domain → nothing. Type imports count as well.
// test/boundaries/boundaries.spec.ts proves of each rule that it can fail.

const test = String.raw`(\.spec\.ts$|/testing/|/conformance/)`;

/** `allowed`: what the layer may import, packages (`node_modules/…`) among it. */
const onlySees = (name, layer, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: layer, pathNot: test },
  to: { pathNot: allowed },
});

const packages = (...names) => `node_modules/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    onlySees(
      'domain-is-alone',
      '^libs/domain/src/',
      ['^libs/domain/src/'],
      'The rules know no technology: no package, no Node built-in, no other layer.',
    ),
    {
      name: 'domain-tests-stay-in-the-domain',
      comment: 'They run in milliseconds because nothing of the outside world is there.',
      severity: 'error',
      from: { path: `^libs/domain/src/.*${test}` },
      to: { pathNot: ['^libs/domain/src/', packages('@jest/globals', 'fast-check')] },
    },
    onlySees(
      'contracts-see-domain-only',
      '^libs/contracts/src/',
      [
        '^libs/(contracts|domain)/src/',
        packages('class-validator', 'class-transformer', '@nestjs/swagger'),
      ],
      'What crosses a process border is types, constants and their checks.',
    ),
    {
      name: 'infrastructure-never-sees-apps',
      severity: 'error',
      from: { path: '^libs/infrastructure/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-see-each-other',
      comment:
        'standalone and cli start the others; everything else is shared through the libraries.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: ['^apps/(standalone|cli)/', test] },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    onlySees(
      'migrations-stand-alone',
      '^migrations/',
      ['^migrations/', '^libs/domain/src/', packages('typeorm'), '^crypto$'],
      'A step of the schema must run the same in years, whatever the rest has become.',
    ),
    onlySees(
      'console-speaks-through-the-client',
      '^apps/console/src/',
      ['^apps/console/src/', '^libs/contracts/src/client/', '^node_modules/'],
      'What the console can do, any client can: nothing of ours but what the document says.',
    ),
    {
      name: 'not-to-testing',
      comment: 'What only tests use is not in the build.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: test },
      to: { path: test },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: test },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-development-packages',
      comment: 'An installation without them would not start. The console is built before.',
      severity: 'error',
      from: { path: '^(apps|libs|migrations)/', pathNot: [test, '^apps/console/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: {
        orphan: true,
        path: String.raw`^(apps|libs|migrations)/.*\.ts$`,
        pathNot: String.raw`\.d\.ts$`,
      },
      to: {},
    },
    {
      name: 'everything-is-found',
      comment:
        'An import that cannot be resolved is judged by no other rule. The build comes later.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^test/boundaries/fixture/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'test/boundaries/resolve.cjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
