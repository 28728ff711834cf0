// @ts-check
'use strict';

const { extname } = require('node:path');

/** @type {Readonly<Record<string, 'ts' | 'tsx'>>} */
const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' };

const TYPESCRIPT = Object.keys(LOADERS);

/**
 * A file of TypeScript as a CommonJS module, with its source map. Types are not checked: `npm run types` and the editor do that.
 *
 * @param {string} text
 * @param {string} filename
 * @throws esbuild's error, whose message has `path:line:column: ERROR: text`
 */
function translate(text, filename) {
  const { transformSync } = /** @type {typeof import('esbuild')} */ (require('esbuild'));
  return transformSync(text, {
    loader: LOADERS[extname(filename)] ?? 'ts',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // What is imported when it is wanted comes by the same way as all else.
    supported: { 'dynamic-import': false },
    sourcefile: filename,
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
  }).code;
}

module.exports = { TYPESCRIPT, translate };
