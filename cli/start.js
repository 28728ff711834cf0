// @ts-check
'use strict';

/**
 * Starts the command line: `node cli/start.js synth`. Node runs no TypeScript, so the first run translates each file as it is wanted;
 * what was translated and compiled is kept in node_modules/.cache/knitmesh/, one pack a command, and a later run starts from it.
 */
const { join, resolve } = require('node:path');
const { startWith } = require('./start/module-loader');

const ROOT = resolve(__dirname, '..');
const command = /^[a-z-]+$/.test(process.argv[2] ?? '') ? process.argv[2] : 'help';

startWith(join(ROOT, 'node_modules', '.cache', 'knitmesh', `${command}.pack`), ROOT);
require('./knitmesh');
