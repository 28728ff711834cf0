// @ts-check
'use strict';

/**
 * Starts the command line: `node cli/start.js synth`. Node runs no TypeScript, so the first run translates each file as it is wanted;
 * what was translated, compiled and found out is kept in node_modules/.cache/knitmesh/, for each command, and a later run starts from it.
 */
const { join, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { startWith } = require('./start/module-loader');

const ROOT = resolve(__dirname, '..');
const [, , given = ''] = process.argv;
const command = /^[a-z-]+$/.test(given) ? given : 'help';

/** V8 optimizes code after it ran for a while: in a run of half a second that costs more than it saves. */
setFlagsFromString('--interrupt-budget=200000');

startWith(join(ROOT, 'node_modules', '.cache', 'knitmesh', command), ROOT);
require('./knitmesh');
