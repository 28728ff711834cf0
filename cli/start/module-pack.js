// @ts-check
'use strict';

const { hash } = require('node:crypto');
const { join, sep } = require('node:path');
const { CompiledGroup, GroupSource, functionOf } = require('./compiled-group');
const { contentOf, environmentOf, exactStampOf, isOfPackage, packageOf, stampOf } = require('./installed');
const { folderOf, foldersOf, hasOtherModules } = require('./module-folders');
const { PackFile, packOf, writeWhole } = require('./pack-file');

/** @typedef {import('./compiled-group').Span} Span */

/**
 * The code of a package, and that of knitmesh itself, is compiled together, and kept with what V8 made of it. The rest, such as main.ts,
 * changes more often and is named in errors: each of these is compiled alone.
 *
 * @typedef {object} PackedModule
 * @property {string} filename
 * @property {string} group the folder of its package, that of knitmesh, or nothing if it is compiled alone
 * @property {string} stamp what tells that its file is as it was; empty if only its content can
 * @property {string} [hash] of a file of the project, what is in it
 * @property {Buffer | Span} code JavaScript, or where in its group that is; a function in groups that are compiled together
 * @property {number} [slot] its place in its group, if it came with it
 * @property {'same' | 'another' | 'gone'} [state] of its file, once it was looked at
 */

/**
 * @typedef {object} Index what a pack says of its blocks
 * @property {string} environment
 * @property {string[]} groups of each a block with its source, and one of what V8 made of it
 * @property {PackedModule[]} modules
 * @property {Record<string, Record<string, number | string>>} resolutions what each file asked for, and the place of the module that it
 *   got, or its file if that is not a module of the pack
 * @property {import('./module-folders').ModuleFolder[]} folders in which modules of the project were looked for
 */

const ALONE = '';

/** So many files are read anew each time, rather than writing all again with the stamps that they have now. */
const READ_ANEW = 16;

/** The modules that earlier runs loaded, as far as their files are the same, and those that this run adds. */
class ModulePack {
  /** @type {Map<string, PackedModule>} */
  #modules = new Map();

  /** @type {Map<string, Map<string, string>>} */
  #resolutions = new Map();

  /** @type {Map<string, CompiledGroup>} */
  #groups = new Map();

  /** The groups of which a module was added or is no longer the same. @type {Set<string>} */
  #changed = new Set();

  #readAnew = 0;

  #file;

  /**
   * @param {string} path where the pack is kept
   * @param {string} root the project's folder
   */
  constructor(path, root) {
    this.path = path;
    this.root = root;
    this.own = ['cli', 'lib', 'imports'].map((folder) => join(root, folder) + sep);
    this.environment = environmentOf(root);
    this.#file = PackFile.open(path);
    const index = /** @type {Index | undefined} */ (this.#file?.index);
    if (index?.environment === this.environment) this.#take(index);
  }

  /** The file that another gets for a request, if it asked before. @param {string} asking @param {string} request */
  resolved(asking, request) {
    const filename = this.#resolutions.get(asking)?.get(request);
    const module = filename === undefined ? undefined : this.#modules.get(filename);
    return module !== undefined && this.#stateOf(module) === 'gone' ? undefined : filename;
  }

  /** @param {string} asking @param {string} request @param {string} filename */
  addResolution(asking, request, filename) {
    const known = this.#resolutions.get(asking) ?? new Map();
    if (known.get(request) === filename) return;
    this.#resolutions.set(asking, known.set(request, filename));
    this.#changed.add(ALONE);
  }

  /** The JavaScript of a module, or its function if it is compiled together with others. @param {string} filename */
  codeOf(filename) {
    const module = this.#modules.get(filename);
    if (module === undefined || this.#stateOf(module) !== 'same') return undefined;
    const { group, slot } = module;
    return group === ALONE || slot === undefined
      ? this.#codeIn(module).toString()
      : this.#groups.get(group)?.functions[slot];
  }

  /**
   * Adds a module that this run loaded by other means.
   *
   * @param {string} filename
   * @param {string} code JavaScript
   * @param {{ stamp: string, source: Buffer }} [read] what is in its file, if that was read already, and its stamp of before
   */
  add(filename, code, read) {
    const group = this.#groupNameOf(filename, code);
    this.#modules.set(filename, {
      filename,
      group,
      code: group === ALONE ? Buffer.from(code) : functionOf(code),
      state: 'same',
      ...(isOfPackage(filename)
        ? { stamp: stampOf(filename) }
        : hashed(read ?? { stamp: exactStampOf(filename), source: contentOf(filename) })),
    });
    this.#changed.add(group);
  }

  /** What is another one when the code of knitmesh is, as far as this command ever loaded it, or a package. */
  fingerprint() {
    const own = [...this.#modules.values()].filter(({ filename }) => this.#isOwn(filename));
    const lines = own.map((module) => `${module.filename} ${this.#stateOf(module) === 'same' ? module.hash : '-'}`);
    return hashOf([this.environment, ...lines.sort()].join('\n'));
  }

  /** Writes what is known now, if that is more than was read. */
  save() {
    const compiledAnew = [...this.#groups.values()].some((group) => group.isCompiledAnew);
    if (this.#changed.size > 0 || compiledAnew || this.#readAnew > READ_ANEW) {
      const bytes = this.#content();
      // A file that is open cannot be replaced everywhere.
      this.#file?.close();
      writeWhole(this.path, bytes);
    }
    this.#file?.close();
  }

  #content() {
    const modules = [...this.#modules.values()].filter((module) => this.#stateOf(module) === 'same');
    const places = new Map(modules.map(({ filename }, place) => [filename, place]));
    const sources = new Map(modules.map(({ group }) => [group, new GroupSource()]));
    const entries = modules.map((module) => {
      const { filename, group, stamp, hash } = module;
      return { filename, group, stamp, hash, code: sources.get(group)?.add(this.#codeIn(module)) };
    });
    const resolutions = Object.fromEntries(
      [...this.#resolutions].map(([asking, known]) => [
        asking,
        Object.fromEntries(
          [...known].flatMap(([request, got]) => {
            const isOld = this.#modules.has(got) && !places.has(got);
            return isOld ? [] : [[request, places.get(got) ?? got]];
          }),
        ),
      ]),
    );
    const blocks = [...sources].flatMap(([name, source]) => [
      source.whole(),
      (!this.#changed.has(name) && this.#groups.get(name)?.compiled) || Buffer.alloc(0),
    ]);
    const index = { environment: this.environment, groups: [...sources.keys()], modules: entries, resolutions };
    return packOf({ ...index, folders: foldersOf(this.#resolutions) }, blocks);
  }

  /** @param {Index} index */
  #take({ groups, modules, resolutions, folders }) {
    const block = (/** @type {number} */ place) => this.#file?.block(place) ?? Buffer.alloc(0);
    groups.forEach((name, place) => {
      const group = new CompiledGroup(
        name,
        () => block(2 * place),
        () => block(2 * place + 1),
      );
      this.#groups.set(name, group);
    });
    /** @type {Record<string, number>} */
    const slots = {};
    for (const module of modules) {
      module.slot = slots[module.group] ?? 0;
      slots[module.group] = module.slot + 1;
      this.#modules.set(module.filename, module);
    }
    const others = new Set(folders.flatMap((known) => (hasOtherModules(known) ? [known.folder] : [])));
    for (const asking in resolutions) {
      const known = new Map();
      for (const request in resolutions[asking]) {
        if (others.size > 0 && others.has(folderOf(asking, request) ?? '')) continue;
        const got = resolutions[asking][request];
        known.set(request, typeof got === 'number' ? modules[got]?.filename : got);
      }
      this.#resolutions.set(asking, known);
    }
  }

  /** @param {PackedModule} module */
  #stateOf(module) {
    if (module.state === undefined) {
      module.state = isOfPackage(module.filename) ? stateInPackage(module) : this.#stateInProject(module);
      if (module.state !== 'same') this.#changed.add(module.group);
    }
    return module.state;
  }

  /** @param {PackedModule} module @returns {'same' | 'another' | 'gone'} */
  #stateInProject(module) {
    const stamp = exactStampOf(module.filename);
    if (stamp !== '' && stamp === module.stamp) return 'same';
    this.#readAnew++;
    const source = contentOf(module.filename);
    if (source === undefined) return 'gone';
    module.stamp = stamp;
    return hashOf(source) === module.hash ? 'same' : 'another';
  }

  /** @param {PackedModule} module @returns {Buffer} */
  #codeIn({ group, code }) {
    return Buffer.isBuffer(code)
      ? code
      : (this.#groups
          .get(group)
          ?.source()
          .subarray(...code) ?? Buffer.alloc(0));
  }

  /** @param {string} filename @param {string} code */
  #groupNameOf(filename, code) {
    // What imports by itself needs Node to know who asks.
    if (/\bimport\s*\(/.test(code)) return ALONE;
    if (isOfPackage(filename)) return packageOf(filename);
    return this.#isOwn(filename) ? join(this.root, 'knitmesh') : ALONE;
  }

  /** @param {string} filename */
  #isOwn(filename) {
    return this.own.some((folder) => filename.startsWith(folder));
  }
}

/** @param {{ stamp: string, source: Buffer | undefined }} read */
const hashed = ({ stamp, source }) => ({ stamp, hash: hashOf(source ?? '') });

/** @param {string | Buffer} content */
const hashOf = (content) => hash('sha256', content, 'base64');

/** @param {PackedModule} module */
function stateInPackage({ filename, stamp }) {
  const now = stampOf(filename);
  return now === stamp ? 'same' : now === '-' ? 'gone' : 'another';
}

module.exports = { ModulePack };
