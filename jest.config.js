/**
 * Three projects: `unit` tests stand beside their source, those of the chart and of pages below test/, and start no server;
 * `integration` and `e2e` share one private set of MySQL, Redis and RabbitMQ, started once a run by the global setup (which Jest
 * runs only when one of their tests does).
 */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['<rootDir>/test/helpers/setup.ts'],
};

const withServers = {
  ...shared,
  globalSetup: '<rootDir>/test/helpers/globalSetup.ts',
  globalTeardown: '<rootDir>/test/helpers/globalTeardown.ts',
};

/** @type {import('jest').Config} */
export default {
  // Much more than a test takes: a machine that has other things to do is not a failure, and a hang ends all the same.
  testTimeout: 180_000,
  // Two suites side by side: most of their time is waiting for processes that start, and each has stores of its own.
  maxWorkers: 2,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{src,web,test/chart,test/pages}/**/*.test.{ts,tsx}'] },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,daemon}/**/*.test.{ts,tsx}'],
    },
    { ...withServers, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,faults}/**/*.test.{ts,tsx}'] },
  ],
};
