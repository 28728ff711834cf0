// @ts-check
'use strict';

const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

/** Changed whenever packs of before cannot be read any more. */
const MAGIC = Buffer.from('knitmesh pack 1\n');

/**
 * Reads a pack: a value, and blocks of bytes beside it.
 *
 * @param {string} file
 * @returns {{ index: unknown, blocks: Buffer[] } | undefined} nothing if there is none, or it is not whole
 */
function readPack(file) {
  try {
    const bytes = readFileSync(file);
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
    const indexAt = MAGIC.length + 4;
    const blocksAt = indexAt + bytes.readUInt32LE(MAGIC.length);
    const { sizes, index } = JSON.parse(bytes.toString('utf8', indexAt, blocksAt));
    let at = blocksAt;
    const blocks = sizes.map((/** @type {number} */ size) => bytes.subarray(at, (at += size)));
    return at === bytes.length ? { index, blocks } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a pack whole or not at all, so that processes at the same time do not hurt each other. Where it cannot be written, as in a
 * read-only node_modules, there is none.
 *
 * @param {string} file
 * @param {unknown} index
 * @param {readonly Buffer[]} blocks
 */
function writePack(file, index, blocks) {
  const head = Buffer.from(JSON.stringify({ sizes: blocks.map(({ length }) => length), index }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  const partial = `${file}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(partial, Buffer.concat([MAGIC, size, head, ...blocks]));
    renameSync(partial, file);
  } catch {
    try {
      rmSync(partial, { force: true });
    } catch {
      // Nothing was written where nothing can be removed.
    }
  }
}

module.exports = { readPack, writePack };
