/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/vendor/', '/\\.cdk8s/', '/bench/cdk8s-template/'],
  modulePathIgnorePatterns: ['/\\.cdk8s/', '/vendor/', '/bench/cdk8s-template/'],
  // Commands run as processes of their own, which takes a while on a busy machine.
  testTimeout: 30_000,
  snapshotResolver: './snapshot-resolver.js',
  collectCoverageFrom: ['main.ts', 'imports/**/*.ts', 'lib/**/*.ts', 'cli/**/*.ts', '!**/*.test.ts'],
};
