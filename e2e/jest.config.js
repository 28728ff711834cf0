const base = require('../jest.config.js');

/** The end-to-end test of `npm run e2e`: it needs a cluster, and its steps build on each other. */
module.exports = { ...base, rootDir: '..', testMatch: ['<rootDir>/e2e/**/*.e2e.ts'], bail: 1, verbose: true };
