import base from '../../jest.config.mjs';

// What needs a real browser, which `npm test` on a machine with Node alone does not ask for.
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/console'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
};
