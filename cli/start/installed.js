// @ts-check
'use strict';

const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join, sep } = require('node:path');

/** What says which packages are installed, be it by npm, pnpm or yarn, and how TypeScript is read. */
const INSTALLED = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  join('node_modules', '.package-lock.json'),
  join('node_modules', '.modules.yaml'),
  join('node_modules', '.yarn-state.yml'),
];

/** What starts the command line. */
const STARTERS = readdirSync(__dirname)
  .filter((name) => name.endsWith('.js'))
  .map((name) => join('cli', 'start', name));

/**
 * All that every module depends on, besides its own file.
 *
 * @param {string} root the project's folder
 */
function environmentOf(root) {
  const stamps = [...INSTALLED, ...STARTERS].map((name) => stampOf(join(root, name)));
  return [root, process.version, process.arch, ...stamps].join('\n');
}

/** Whether a file is of an installed package. @param {string} filename */
const isOfPackage = (filename) => filename.includes(`${sep}node_modules${sep}`);

/** What tells that a file is another one, without reading it. @param {string} filename */
function stampOf(filename) {
  const stat = statSync(filename, { throwIfNoEntry: false });
  return stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`;
}

/** What is in a file; nothing if it is not there. @param {string} filename */
function contentOf(filename) {
  try {
    return readFileSync(filename);
  } catch {
    return undefined;
  }
}

/** The names in a folder that a module may have. @param {string} folder */
function modulesIn(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.') && (!name.includes('.') || /\.(?:[cm]?[jt]sx?|json)$/.test(name)))
      .join('/');
  } catch {
    return '';
  }
}

module.exports = { environmentOf, isOfPackage, stampOf, contentOf, modulesIn };
