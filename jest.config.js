/** Tests run on the sources; the command and the packed tarball are tested on what `npm run build` makes. */
module.exports = {
  // No test says anything about time: the limit only ends what hangs, on however busy a machine.
  testTimeout: 600_000,
  // Jest by itself leaves one processor to itself, which is half of two.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  // Has them run the kernel as its sources are now.
  globalSetup: '<rootDir>/scripts/bakeKernel.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/endThreads.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: {
    '^everystate$': '<rootDir>/index.ts',
    '^everystate/jest$': '<rootDir>/checker/jest/index.ts',
    '^everystate/matchers$': '<rootDir>/checker/testing/index.ts',
    '^everystate/node-test$': '<rootDir>/checker/nodeTest/index.ts',
  },
};
