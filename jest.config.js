/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/spec/e2e/'],
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/spec/tsconfig.json' }],
    '/node_modules/@nestjs/.+\\.js$': '<rootDir>/spec/support/es-module.cjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/)'],
  moduleNameMapper: {
    '^rxlm$': '<rootDir>/lib/index.ts',
    '^rxlm/provider$': '<rootDir>/lib/http/index.ts',
    '^rxlm/(.*)$': '<rootDir>/lib/$1/index.ts',
    '^fast-check$': '<rootDir>/spec/support/fast-check.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  maxWorkers: 2,
  // For what hangs: on a busy machine what works takes several times as long as it should.
  testTimeout: 30_000,
};
