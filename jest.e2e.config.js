import config from './jest.config.js';

/**
 * What needs more than the packages installed here: a browser, another major version of a framework.
 *
 * @type {import('jest').Config}
 */
export default {
  ...config,
  roots: ['<rootDir>/spec/e2e'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
