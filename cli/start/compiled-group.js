// @ts-check
'use strict';

const { Script } = require('node:vm');

const HEAD = Buffer.from('(function(){return[');
const TAIL = Buffer.from(']})()');

/** @typedef {(exports: unknown, require: unknown, module: unknown, filename: string, folder: string) => void} ModuleFunction */

/** @typedef {[start: number, end: number]} Span */

/** Modules that are compiled together, as a list of functions, and what V8 made of it. */
class CompiledGroup {
  /** @type {Script | undefined} */
  #script;

  /** @type {ModuleFunction[] | undefined} */
  #functions;

  /**
   * @param {string} name what V8 calls it in errors
   * @param {() => Buffer} source
   * @param {() => Buffer} cached what V8 made of it before; nothing if it never did
   */
  constructor(name, source, cached) {
    this.name = name;
    this.source = source;
    this.cached = cached;
  }

  /** The functions of all modules, in the order of their code. */
  get functions() {
    if (this.#functions === undefined) {
      const cachedData = this.cached();
      this.#script = new Script(this.source().toString(), {
        filename: this.name,
        ...(cachedData.length > 0 && { cachedData }),
      });
      this.#functions = /** @type {ModuleFunction[]} */ (this.#script.runInThisContext());
    }
    return this.#functions;
  }

  /** Whether V8 had nothing of before that it could use. */
  get isCompiledAnew() {
    return this.#script !== undefined && (this.cached().length === 0 || this.#script.cachedDataRejected === true);
  }

  /** What V8 has made of it by now, lazily compiled functions included. */
  get compiled() {
    return this.isCompiledAnew && this.#script !== undefined ? this.#script.createCachedData() : this.cached();
  }
}

/** The source of a group, as it grows. */
class GroupSource {
  /** @type {Buffer[]} */
  #parts = [HEAD];

  #length = HEAD.length;

  /** @param {Buffer} code a module's function @returns {Span} where it is now */
  add(code) {
    this.#parts.push(code);
    return [this.#length, (this.#length += code.length)];
  }

  whole() {
    return Buffer.concat([...this.#parts, TAIL]);
  }
}

/** A module's code as the function that Node would make of it. @param {string} code */
function functionOf(code) {
  const plain = code.replace(/^#!/, '//').replace(/\n\/\/# sourceMappingURL=data:\S+\s*$/, '');
  return Buffer.from(`function(exports,require,module,__filename,__dirname){${plain}\n},\n`);
}

module.exports = { CompiledGroup, GroupSource, functionOf };
