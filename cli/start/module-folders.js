// @ts-check
'use strict';

const { dirname, join } = require('node:path');
const { exactStampOf, isOfPackage, modulesIn } = require('./installed');

/**
 * A folder in which modules of the project were looked for: what is new in it may be what is meant the next time.
 *
 * @typedef {object} ModuleFolder
 * @property {string} folder
 * @property {string} stamp what tells that nothing was added to it; empty if only its names can
 * @property {string} names of what may be modules
 */

/** The folder in which a file of the project looks for another one by its path. @param {string} asking @param {string} request */
function folderOf(asking, request) {
  return request.startsWith('.') && !isOfPackage(asking) ? dirname(join(dirname(asking), request)) : undefined;
}

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, string>>} resolutions what each file asked for
 * @returns {ModuleFolder[]}
 */
function foldersOf(resolutions) {
  const folders = new Set(
    [...resolutions].flatMap(([asking, known]) =>
      [...known.keys()].flatMap((request) => folderOf(asking, request) ?? []),
    ),
  );
  return [...folders].map((folder) => ({ folder, stamp: exactStampOf(folder), names: modulesIn(folder) }));
}

/** @param {ModuleFolder} known */
function hasOtherModules({ folder, stamp, names }) {
  return (stamp === '' || stamp !== exactStampOf(folder)) && names !== modulesIn(folder);
}

module.exports = { folderOf, foldersOf, hasOtherModules };
