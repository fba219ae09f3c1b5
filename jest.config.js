import { availableParallelism } from 'node:os';

/**
 * Specs that start processes, wait for real time, build the package or compare with other libraries: `npm run test:slow`.
 */
export const slow = [
  'spec/anthropic/round-trip\\.spec\\.ts$',
  'spec/anthropic/sent-back\\.spec\\.ts$',
  'spec/cli/main\\.spec\\.ts$',
  'spec/contract/',
  'spec/docs/',
  'spec/faults/',
  'spec/http/transport/http-fetch\\.spec\\.ts$',
  'spec/package/',
  'spec/parity/',
  'spec/runnables/compositions\\.spec\\.ts$',
  'spec/samples/',
  'spec/side-by-side/',
  'spec/sse/client/resumable-cuts\\.spec\\.ts$',
];

/** Another version of RxJS in its place, see `scripts/test-rxjs.mjs`. */
function otherRxjs(folder) {
  return folder === undefined ? {} : { '^rxjs$': folder, '^rxjs/(.*)$': `${folder}/dist/cjs/$1` };
}

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spec/e2e/', ...slow],
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/spec/tsconfig.json' }],
    '/node_modules/@nestjs/.+\\.js$': '<rootDir>/spec/support/es-module.cjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/)'],
  moduleNameMapper: {
    ...otherRxjs(process.env.RXJS),
    '^rxlm$': '<rootDir>/lib/index.ts',
    '^rxlm/provider$': '<rootDir>/lib/http/index.ts',
    '^rxlm/(.*)$': '<rootDir>/lib/$1/index.ts',
    '^fast-check$': '<rootDir>/spec/support/fast-check.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  maxWorkers: availableParallelism(),
  // For what hangs: on a busy machine what works takes several times as long as it should.
  testTimeout: 30_000,
};
