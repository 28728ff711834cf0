// @ts-check
'use strict';

const { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');

/** Changed whenever packs of before cannot be read any more. */
const MAGIC = Buffer.from('knitmesh pack 2\n');

const NOTHING = Buffer.alloc(0);

/** A pack that is open: a value, and blocks of bytes beside it, each read when it is wanted. */
class PackFile {
  /** @type {number | undefined} */
  #file;

  /** Where each block begins, and where the last ends. @type {number[]} */
  #places = [];

  /** @type {Map<number, Buffer>} */
  #read = new Map();

  /**
   * @param {number} file
   * @param {unknown} index
   * @param {number[]} places
   */
  constructor(file, index, places) {
    this.#file = file;
    this.index = index;
    this.#places = places;
  }

  /**
   * @param {string} path
   * @returns {PackFile | undefined} nothing if there is none, it is not whole, or others may have written it: what is in it is run
   */
  static open(path) {
    let file;
    try {
      file = openSync(path, 'r');
      if (!isOwn(fstatSync(file))) throw new Error('others may have written it');
      const head = bytesAt(file, 0, MAGIC.length + 4);
      const indexAt = MAGIC.length + 4;
      const blocksAt = indexAt + head.readUInt32LE(MAGIC.length);
      if (head.subarray(0, MAGIC.length).equals(MAGIC)) {
        const { sizes, index } = JSON.parse(bytesAt(file, indexAt, blocksAt - indexAt).toString());
        const places = [blocksAt];
        for (const size of sizes) places.push((places.at(-1) ?? 0) + size);
        if (places.at(-1) === fstatSync(file).size) return new PackFile(file, index, places);
      }
    } catch {
      // What cannot be read is made again.
    }
    if (file !== undefined) closeSync(file);
    return undefined;
  }

  /** @param {number} number of the block @returns {Buffer} */
  block(number) {
    const there = this.#read.get(number);
    if (there !== undefined) return there;
    const [start = 0, end = start] = this.#places.slice(number, number + 2);
    const bytes = start === end || this.#file === undefined ? NOTHING : bytesAt(this.#file, start, end - start);
    this.#read.set(number, bytes);
    return bytes;
  }

  close() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** Whether a file is this user's, and nobody else may write it. Where the system knows no users, all are. @param {import('node:fs').Stats} file */
function isOwn({ uid, mode }) {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** @param {number} file @param {number} start @param {number} length @throws if there are fewer */
function bytesAt(file, start, length) {
  const bytes = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, start + read);
    if (more === 0) throw new Error('the file ends before its blocks do');
    read += more;
  }
  return bytes;
}

/**
 * The bytes of a pack.
 *
 * @param {unknown} index
 * @param {readonly Buffer[]} blocks
 */
function packOf(index, blocks) {
  const head = Buffer.from(JSON.stringify({ sizes: blocks.map(({ length }) => length), index }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return Buffer.concat([MAGIC, size, head, ...blocks]);
}

/**
 * Writes a file whole or not at all, so that processes at the same time do not hurt each other. Where it cannot be written, as in a
 * read-only node_modules, there is none. It is its owner's alone: what is in it is run.
 *
 * @param {string} file
 * @param {string | Buffer} content
 */
function writeWhole(file, content) {
  const partial = `${file}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(partial, content, { mode: 0o600 });
    renameSync(partial, file);
  } catch {
    try {
      rmSync(partial, { force: true });
    } catch {
      // Nothing was written where nothing can be removed.
    }
  }
}

module.exports = { PackFile, packOf, writeWhole };
