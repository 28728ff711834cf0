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

/** In milliseconds: what was changed later than this before it was looked at may change again at what counts as the same time. */
const SETTLED = 2000;

/**
 * All that every module depends on, besides its own file.
 *
 * @param {string} root the project's folder
 */
function environmentOf(root) {
  const stamps = [...INSTALLED, ...STARTERS].map((name) => stampOf(join(root, name)));
  return [root, process.version, process.arch, ...stamps].join('\n');
}

const NODE_MODULES = `${sep}node_modules${sep}`;

/** Whether a file is of an installed package. @param {string} filename */
const isOfPackage = (filename) => filename.includes(NODE_MODULES);

/** The folder of a package, by a file of it. @param {string} filename */
function packageOf(filename) {
  const name = filename.lastIndexOf(NODE_MODULES) + NODE_MODULES.length;
  const scope = filename[name] === '@' ? filename.indexOf(sep, name) + 1 : name;
  return filename.slice(0, filename.indexOf(sep, scope));
}

/** What tells that a file is another one, without reading it; package managers keep it. @param {string} filename */
function stampOf(filename) {
  const stat = statSync(filename, { throwIfNoEntry: false });
  return stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`;
}

/**
 * What tells that a file or folder is as it was, without reading it: no program sets the time of its last change.
 *
 * @param {string} path
 * @returns {string} empty where that cannot be told: there is none, or it changed just now
 */
function exactStampOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.ctimeMs > Date.now() - SETTLED) return '';
  return `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`;
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

module.exports = { environmentOf, isOfPackage, packageOf, stampOf, exactStampOf, contentOf, modulesIn };
