// @ts-check
'use strict';

/**
 * Starts the command line: `node cli/start.js synth`. Node runs no TypeScript, so the first run translates each file as it is wanted;
 * what was translated, compiled and found out is kept in node_modules/.cache/knitmesh/, for each command, and a later run starts from it.
 *
 * Every Node since 6 must be able to read this file, so that one that is too old is told so: nothing else is loaded before.
 */
const { engines } = require('../package.json');

const COULD_NOT_RUN = 2;

/** Ends the run before any command began. @param {string} message @returns {never} */
function refuse(message) {
  process.stderr.write(`error ${message}\n`);
  // Of such a run nothing is kept.
  process.removeAllListeners('exit');
  process.exit(COULD_NOT_RUN);
}

/** @param {string} version such as `22.12.0` @returns {number[]} */
const numbersOf = (version) => (version.match(/\d+/g) || []).map(Number);

const [major = 0, minor = 0] = numbersOf(process.versions.node);

/** @param {string} range of versions, such as `^20.19` or `>=22` */
function isIn(range) {
  const [leastMajor = 0, leastMinor = 0] = numbersOf(range);
  return major === leastMajor ? minor >= leastMinor : range.includes('>=') && major > leastMajor;
}
if (!engines.node.split('||').some(isIn)) {
  refuse(`Node ${process.versions.node} is not supported: install one of ${engines.node}`);
}

const { join, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { missingPackage } = require('./start/missing-package');
const { startWith } = require('./start/module-loader');

const ROOT = resolve(__dirname, '..');
const given = process.argv[2] || '';
const command = /^[a-z-]+$/.test(given) ? given : 'help';

// V8 optimizes code after it ran for a while: in a run of half a second that costs more than it saves. Only the V8 of Node 20 has the
// flag; later ones complain of it.
if (major === 20) setFlagsFromString('--interrupt-budget=200000');

try {
  startWith(join(ROOT, 'node_modules', '.cache', 'knitmesh', command), ROOT);
  require('./knitmesh');
} catch (error) {
  const missing = missingPackage(error);
  if (missing === undefined) throw error;
  refuse(missing);
}
