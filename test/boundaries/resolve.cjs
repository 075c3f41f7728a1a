const { join } = require('node:path');

// How the boundary check finds what an import names: package.json "imports" lead to the build, and
// the rules speak of sources. Relative to the folder that is looked at, so that the negative
// fixture is judged by the same file.
const root = process.cwd();

module.exports = {
  resolve: {
    alias: {
      '#domain': join(root, 'libs/domain/src'),
      '#contracts': join(root, 'libs/contracts/src'),
      '#infrastructure': join(root, 'libs/infrastructure/src'),
      '#migrations': join(root, 'migrations'),
    },
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};
