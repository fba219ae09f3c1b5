import config, { slow } from './jest.config.js';

/**
 * The specs that `npm test` leaves out.
 *
 * @type {import('jest').Config}
 */
export default {
  ...config,
  testMatch: undefined,
  testRegex: slow.map((pattern) => (pattern.endsWith('/') ? `${pattern}.*\\.spec\\.ts$` : pattern)),
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spec/e2e/'],
};
