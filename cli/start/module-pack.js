// @ts-check
'use strict';

const { dirname, join, sep } = require('node:path');
const { Script } = require('node:vm');
const { contentOf, environmentOf, isOfPackage, modulesIn, stampOf } = require('./installed');
const { readPack, writePack } = require('./pack-file');

/**
 * Where a module's code is kept. That of packages and of knitmesh itself is compiled together, and kept with what V8 made of it. The
 * rest, such as main.ts, changes more often and is named in errors: each of these is compiled alone.
 *
 * @typedef {'packages' | 'knitmesh'} Together
 * @typedef {Together | 'alone'} Group
 */
const TOGETHER = /** @type {const} */ (['packages', 'knitmesh']);

/** @typedef {(exports: unknown, require: unknown, module: unknown, filename: string, folder: string) => void} ModuleFunction */

/**
 * @typedef {object} PackedModule
 * @property {Group} group
 * @property {Buffer} code JavaScript; of modules that are compiled together a function
 * @property {number} [slot] its place in the source of its group, if it is there
 * @property {Buffer} [source] what is in its file
 * @property {string} [stamp] of a package's file, what tells that it is another one
 */

/** @typedef {[start: number, end: number]} Span */

/**
 * @typedef {object} Index what a pack says of its blocks
 * @property {string} environment
 * @property {Record<string, string>} folders the names in each folder in which modules were looked for
 * @property {{ filename: string, group: Group, code: Span, source?: Span, stamp?: string }[]} modules
 * @property {Record<string, Record<string, number>>} resolutions what each file asked for, and the number of the module that it got
 */

const HEAD = Buffer.from('(function(){return[');
const TAIL = Buffer.from(']})()');
const NOTHING = Buffer.alloc(0);

/** The modules that earlier runs loaded, as far as their files are the same, and those that this run adds. */
class ModulePack {
  /** @type {Map<string, PackedModule>} */
  #modules = new Map();

  /** @type {Map<string, Map<string, string>>} */
  #resolutions = new Map();

  /** @type {Record<Together, { source: Buffer, cached: Buffer, script?: Script, functions?: ModuleFunction[] }>} */
  #groups = { packages: { source: NOTHING, cached: NOTHING }, knitmesh: { source: NOTHING, cached: NOTHING } };

  /** The groups of which a module was added or is no longer the same. @type {Set<Group>} */
  #changed = new Set();

  /**
   * @param {string} file where the pack is kept
   * @param {string} root the project's folder
   */
  constructor(file, root) {
    this.file = file;
    this.root = root;
    this.environment = environmentOf(root);
    const read = readPack(file);
    const index = /** @type {Index | undefined} */ (read?.index);
    if (read !== undefined && index?.environment === this.environment) this.#take(index, read.blocks);
  }

  /** The file that another gets for a request, if it asked before. @param {string} asking @param {string} request */
  resolved(asking, request) {
    return this.#resolutions.get(asking)?.get(request);
  }

  /** @param {string} asking @param {string} request @param {string} filename */
  addResolution(asking, request, filename) {
    const known = this.#resolutions.get(asking) ?? new Map();
    if (known.get(request) === filename) return;
    this.#resolutions.set(asking, known.set(request, filename));
    this.#changed.add('alone');
  }

  /** @param {string} filename */
  has(filename) {
    return this.#modules.has(filename);
  }

  /** The JavaScript of a module, or its function if it is compiled together with others. @param {string} filename */
  codeOf(filename) {
    const module = this.#modules.get(filename);
    if (module === undefined) return undefined;
    const { group, code, slot } = module;
    return group === 'alone' || slot === undefined ? code.toString() : this.#functions(group)[slot];
  }

  /**
   * Adds a module that this run loaded by other means.
   *
   * @param {string} filename
   * @param {string} code JavaScript
   * @param {Buffer | undefined} source what is in its file, if that was read already
   */
  add(filename, code, source = contentOf(filename)) {
    const group = this.#groupOf(filename, code);
    this.#modules.set(filename, {
      group,
      code: group === 'alone' ? Buffer.from(code) : functionOf(code),
      ...(isOfPackage(filename) ? { stamp: stampOf(filename) } : { source: source ?? NOTHING }),
    });
    this.#changed.add(group);
  }

  /** Writes what is known now, if that is more than was read. */
  save() {
    const compiledAnew = Object.values(this.#groups).some(isCompiledAnew);
    if (this.#changed.size === 0 && !compiledAnew) return;
    const sources = new Block();
    const codes = { packages: new Block(HEAD), knitmesh: new Block(HEAD), alone: new Block() };
    const numbers = new Map([...this.#modules.keys()].map((filename, number) => [filename, number]));
    const modules = [...this.#modules].map(([filename, { group, code, source, stamp }]) => ({
      filename,
      group,
      code: codes[group].add(code),
      ...(source === undefined ? { stamp } : { source: sources.add(source) }),
    }));
    const resolutions = Object.fromEntries(
      [...this.#resolutions].map(([asking, known]) => [
        asking,
        Object.fromEntries(
          [...known].flatMap(([request, got]) => (numbers.has(got) ? [[request, numbers.get(got)]] : [])),
        ),
      ]),
    );
    const index = { environment: this.environment, folders: this.#folders(), modules, resolutions };
    const together = TOGETHER.flatMap((name) => {
      const group = this.#groups[name];
      if (this.#changed.has(name)) return [codes[name].whole(TAIL), NOTHING];
      return [group.source, (isCompiledAnew(group) && group.script?.createCachedData()) || group.cached];
    });
    writePack(this.file, index, [sources.whole(), codes.alone.whole(), ...together]);
  }

  /** @param {Index} index @param {Buffer[]} blocks */
  #take({ folders, modules, resolutions }, [sources = NOTHING, alone = NOTHING, ...together]) {
    TOGETHER.forEach((name, place) => {
      this.#groups[name] = { source: together[2 * place] ?? NOTHING, cached: together[2 * place + 1] ?? NOTHING };
    });
    const slots = { packages: 0, knitmesh: 0, alone: 0 };
    const gone = new Set();
    for (const { filename, group, code, source, stamp } of modules) {
      const slot = slots[group]++;
      const content = source === undefined ? undefined : contentOf(filename);
      const same =
        source === undefined ? stamp === stampOf(filename) : content?.equals(sources.subarray(...source)) === true;
      if (same) {
        const codes = group === 'alone' ? alone : this.#groups[group].source;
        const state = content === undefined ? { stamp: String(stamp) } : { source: content };
        this.#modules.set(filename, { group, slot, code: codes.subarray(...code), ...state });
      } else {
        this.#changed.add(group);
        if (content === undefined) gone.add(filename);
      }
    }
    const others = new Set(Object.keys(folders).filter((folder) => folders[folder] !== modulesIn(folder)));
    for (const [asking, known] of Object.entries(resolutions)) {
      const got = new Map();
      for (const request in known) {
        const filename = modules[known[request] ?? 0]?.filename;
        if (gone.size + others.size > 0 && (gone.has(filename) || others.has(folderOf(asking, request) ?? '')))
          continue;
        got.set(request, filename);
      }
      this.#resolutions.set(asking, got);
    }
  }

  /** @param {string} filename @param {string} code @returns {Group} */
  #groupOf(filename, code) {
    // What imports by itself needs Node to know who asks; and letters beyond Latin-1 would double the size of all others.
    if (/\bimport\s*\(|[^\0-\xff]/.test(code)) return 'alone';
    if (isOfPackage(filename)) return 'packages';
    return ['cli', 'lib', 'imports'].some((folder) => filename.startsWith(join(this.root, folder) + sep))
      ? 'knitmesh'
      : 'alone';
  }

  /** @param {Together} name */
  #functions(name) {
    const group = this.#groups[name];
    if (group.functions === undefined) {
      const { source, cached } = group;
      group.script = new Script(source.toString('latin1'), {
        filename: join(this.root, `${name}.js`),
        ...(cached.length > 0 && { cachedData: cached }),
      });
      group.functions = /** @type {ModuleFunction[]} */ (group.script.runInThisContext());
    }
    return group.functions;
  }

  #folders() {
    const folders = new Set(
      [...this.#resolutions].flatMap(([asking, known]) =>
        [...known.keys()].map((request) => folderOf(asking, request)),
      ),
    );
    folders.delete(undefined);
    return Object.fromEntries([...folders].map((folder) => [folder, modulesIn(/** @type {string} */ (folder))]));
  }
}

/** The folder in which a file of the project looks for another one by its path. @param {string} asking @param {string} request */
function folderOf(asking, request) {
  return request.startsWith('.') && !isOfPackage(asking) ? dirname(join(dirname(asking), request)) : undefined;
}

/** A module's code as the function that Node would make of it. @param {string} code */
function functionOf(code) {
  const plain = code.replace(/^#!/, '//').replace(/\n\/\/# sourceMappingURL=data:\S+\s*$/, '');
  return Buffer.from(`function(exports,require,module,__filename,__dirname){${plain}\n},\n`, 'latin1');
}

/**
 * Whether V8 had no code of a script that it could use.
 *
 * @param {{ script?: Script, cached: Buffer }} group
 */
function isCompiledAnew({ script, cached }) {
  return script !== undefined && (cached.length === 0 || script.cachedDataRejected === true);
}

/** Bytes that are put together. */
class Block {
  /** @param {Buffer} [head] */
  constructor(head = NOTHING) {
    this.parts = [head];
    this.length = head.length;
  }

  /** @param {Buffer} part @returns {Span} where it is now */
  add(part) {
    this.parts.push(part);
    return [this.length, (this.length += part.length)];
  }

  /** @param {Buffer} [tail] */
  whole(tail = NOTHING) {
    return Buffer.concat([...this.parts, tail]);
  }
}

module.exports = { ModulePack };
