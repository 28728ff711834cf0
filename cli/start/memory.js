// @ts-check
'use strict';

const { hash } = require('node:crypto');
const { contentOf } = require('./installed');
const { writeWhole } = require('./pack-file');

/** So many times as many answers as a run asked for are kept at most: an app of another environment is rendered in turn with this one. */
const KEPT = 4;

/**
 * Answers of earlier runs in a file, by what was asked. It begins anew when the code that found them is another one.
 *
 * @typedef {import('../../lib/memory').Memory} Memory
 */
class FileMemory {
  /** @type {Map<string, unknown> | undefined} */
  #known;

  /** @type {Set<string>} */
  #asked = new Set();

  /** @type {WeakMap<object, string>} */
  #digests = new WeakMap();

  #added = false;

  /**
   * @param {string} path
   * @param {() => string} fingerprint of the code
   */
  constructor(path, fingerprint) {
    this.path = path;
    this.fingerprint = fingerprint;
  }

  /** @type {Memory['recall']} */
  recall(question, about, find) {
    const known = (this.#known ??= this.#read());
    const key = [question, ...about.map((part) => this.#digestOf(part))].join(' ');
    this.#asked.add(key);
    if (known.has(key)) return /** @type {ReturnType<find>} */ (known.get(key));
    const found = find();
    known.set(key, found);
    this.#added = true;
    return found;
  }

  /** Writes what is known now, if that is more than was read. */
  save() {
    if (!this.#added || this.#known === undefined) return;
    const all = [...this.#known];
    const kept = all.length > KEPT * this.#asked.size ? all.filter(([key]) => this.#asked.has(key)) : all;
    writeWhole(this.path, JSON.stringify({ code: this.fingerprint(), found: Object.fromEntries(kept) }));
  }

  /** @returns {Map<string, unknown>} */
  #read() {
    try {
      const { code, found } = JSON.parse(String(contentOf(this.path)));
      return new Map(code === this.fingerprint() ? Object.entries(found) : []);
    } catch {
      return new Map();
    }
  }

  /** @param {unknown} part */
  #digestOf(part) {
    if (typeof part !== 'object' || part === null) return digestOf(part);
    const there = this.#digests.get(part);
    if (there !== undefined) return there;
    const digest = digestOf(part);
    this.#digests.set(part, digest);
    return digest;
  }
}

/** Of 132 bits: nothing else has the same. @param {unknown} part */
const digestOf = (part) => hash('sha256', JSON.stringify(part), 'base64').slice(0, 22);

/** @type {FileMemory | undefined} */
let opened;

/** From here on answers are kept in a file. @param {string} path @param {() => string} fingerprint */
function openMemory(path, fingerprint) {
  const memory = new FileMemory(path, fingerprint);
  opened = memory;
  process.once('exit', () => memory.save());
}

/** The memory of the command that runs; where none was opened everything is found out anew. @type {Memory} */
const memory = {
  recall: (question, about, find) => (opened === undefined ? find() : opened.recall(question, about, find)),
};

module.exports = { openMemory, memory };
