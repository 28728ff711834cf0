// @ts-check
'use strict';

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, sep } = require('node:path');
const { exactStampOf, isOfPackage } = require('./installed');
const { openMemory } = require('./memory');
const { ModulePack } = require('./module-pack');
const { TYPESCRIPT, translate } = require('./typescript');

/**
 * The parts of Node's module loader that others build on as well, tsx among them.
 *
 * @typedef {import('node:module') & { filename?: string | null }} Asking
 * @type {{
 *   _load(request: string, parent?: Asking, isMain?: boolean): unknown,
 *   _resolveFilename(request: string, parent?: Asking, isMain?: boolean, options?: object): string,
 *   _cache: Record<string, Asking>,
 *   _extensions: Record<string, (module: Asking, filename: string) => void>,
 *   _nodeModulePaths(folder: string): string[],
 *   prototype: { _compile(code: string, filename: string): unknown },
 * }}
 */
const loader = /** @type {any} */ (Module);

/** Packages that are needed only to read what is not in the pack. */
const READERS = ['tsx', 'esbuild', 'get-tsconfig'].map((name) => `${sep}node_modules${sep}${name}${sep}`);

/**
 * From here on modules come from a pack as far as it has them, as if Node had loaded each from its own file. All others are loaded
 * as tsx does, and are in the pack the next time.
 *
 * @param {string} kept where the pack is, without its extension; beside it is what the command found out
 * @param {string} root the project's folder
 */
function startWith(kept, root) {
  const pack = new ModulePack(`${kept}.pack`, root);
  openMemory(`${kept}.memory`, () => pack.fingerprint());
  const { _load: load, _resolveFilename: resolve } = loader;
  const compile = loader.prototype._compile;
  /** @type {Map<string, { stamp: string, source: Buffer }>} */
  const sources = new Map();
  let resolveOther = resolve;

  loader._load = (request, parent, isMain) => {
    const known = pack.resolved(parent?.filename ?? '', request);
    if (known === undefined) {
      if (parent?.filename == null) return load.call(Module, request, parent, isMain);
      if (Module.isBuiltin(request)) return loadBuiltin(request, parent, isMain);
      return loadFile(loader._resolveFilename(request, parent, isMain), request, parent, isMain);
    }
    return loadFile(known, request, parent, isMain);
  };

  /**
   * Node tells no package that it asks for a deprecated module, but takes this file, which stands between, for the one that asks.
   *
   * @param {string} request @param {Asking} parent @param {boolean | undefined} isMain
   */
  function loadBuiltin(request, parent, isMain) {
    if (process.noDeprecation || !isOfPackage(parent.filename ?? '')) return load.call(Module, request, parent, isMain);
    process.noDeprecation = true;
    try {
      return load.call(Module, request, parent, isMain);
    } finally {
      process.noDeprecation = false;
    }
  }

  /** @param {string} filename @param {string} request @param {Asking | undefined} parent @param {boolean | undefined} isMain */
  function loadFile(filename, request, parent, isMain) {
    const there = loader._cache[filename];
    if (there !== undefined) return there.exports;
    const code = pack.codeOf(filename);
    if (code === undefined) return load.call(Module, request, parent, isMain);
    const module = /** @type {Asking} */ (new Module(filename, parent));
    module.filename = filename;
    module.paths = pathsOf(dirname(filename));
    loader._cache[filename] = module;
    try {
      if (typeof code === 'function')
        code.call(module.exports, module.exports, requireOf(module), module, filename, dirname(filename));
      else run(code, module, filename);
      module.loaded = true;
    } finally {
      if (!module.loaded) delete loader._cache[filename];
    }
    return module.exports;
  }

  loader._resolveFilename = (request, parent, isMain, options) => {
    const asking = parent?.filename;
    const known = asking == null || options !== undefined ? undefined : pack.resolved(asking, request);
    if (known !== undefined) return known;
    if (Module.isBuiltin(request)) return request;
    registerOthers();
    const filename = resolveOther.call(Module, request, parent, isMain, options);
    if (asking != null && options === undefined && !isReader(asking)) pack.addResolution(asking, request, filename);
    return filename;
  };

  let registered = false;
  /** tsx knows how TypeScript names files, and reads packages that are ES modules. */
  function registerOthers() {
    if (registered) return;
    registered = true;
    const ours = { _load: loader._load, _resolveFilename: loader._resolveFilename };
    Object.assign(loader, { _load: load, _resolveFilename: resolve });
    require('tsx/cjs/api').register();
    resolveOther = loader._resolveFilename;
    Object.assign(loader, ours);
    setExtensions();
  }

  function setExtensions() {
    for (const extension of TYPESCRIPT) {
      loader._extensions[extension] = (module, filename) => {
        const read = readStamped(filename);
        sources.set(filename, read);
        /** @type {any} */ (module)._compile(translate(read.source.toString(), filename), filename);
      };
    }
    loader._extensions['.json'] = (module, filename) => {
      const read = readStamped(filename);
      const text = read.source.toString().replace(/^\ufeff/, '');
      try {
        module.exports = JSON.parse(text);
      } catch (error) {
        /** @type {Error} */ (error).message = `${filename}: ${/** @type {Error} */ (error).message}`;
        throw error;
      }
      if (!isReader(filename)) pack.add(filename, `module.exports=JSON.parse(${JSON.stringify(text)})`, read);
    };
  }
  setExtensions();

  /** @param {string} code @param {string} filename @this {Asking} */
  loader.prototype._compile = function (code, filename) {
    if (!isReader(filename)) pack.add(filename, code, sources.get(filename));
    return run(code, this, filename);
  };

  /** @param {string} code @param {unknown} module @param {string} filename */
  function run(code, module, filename) {
    // Lines in errors are those of the file that was translated.
    if (code.includes('\n//# sourceMappingURL=data:')) process.setSourceMapsEnabled(true);
    return compile.call(module, code, filename);
  }

  process.once('exit', () => pack.save());
}

/** The stamp comes first, so that a change between the two is seen. @param {string} filename */
const readStamped = (filename) => ({ stamp: exactStampOf(filename), source: readFileSync(filename) });

/** @param {string} filename */
const isReader = (filename) => READERS.some((reader) => filename.includes(reader));

/** @type {Map<string, string[]>} */
const paths = new Map();

/** Where a folder's modules look for packages. @param {string} folder */
function pathsOf(folder) {
  const known = paths.get(folder) ?? loader._nodeModulePaths(folder);
  paths.set(folder, known);
  return known;
}

/** The `require` of a module, as Node makes it. @param {Asking} module */
function requireOf(module) {
  /** @param {string} request */
  const require = (request) => loader._load(request, module, false);
  /** @param {string} request @param {object} [options] */
  require.resolve = (request, options) => loader._resolveFilename(request, module, false, options);
  require.main = process.mainModule;
  require.extensions = loader._extensions;
  require.cache = loader._cache;
  return require;
}

module.exports = { startWith };
