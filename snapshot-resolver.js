const path = require('node:path');

const SNAPSHOTS = '__snapshots__';

/** All snapshots stand in one top-level folder, under their tests' own paths, so that a review finds them in one place. */
module.exports = {
  resolveSnapshotPath: (test, extension) => path.join(__dirname, SNAPSHOTS, path.relative(__dirname, test) + extension),
  resolveTestPath: (snapshot, extension) =>
    path.join(__dirname, path.relative(path.join(__dirname, SNAPSHOTS), snapshot).slice(0, -extension.length)),
  testPathForConsistencyCheck: path.join(__dirname, 'lib', 'example.test.ts'),
};
