import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { buildSync } from 'esbuild';
import { writeWholeFiles } from '../../files/whole-files';
import type { SchemaError } from './schema-error';
import { SERVED_KINDS } from './served-kinds';

/** A validator that ajv compiled: it asks for each field that its schema names, and finds all errors. */
export interface Validator {
  (object: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** Validators by the names of their schemas. */
type Validators = Readonly<Record<string, Validator>>;

const load = createRequire(__filename);
const kinds = new Map(SERVED_KINDS.map(({ apiVersion, kind, schema }) => [`${apiVersion}/${kind}`, schema]));
let validators: Validators | undefined;

/** The validator of a kind; nothing if Kubernetes does not serve it. They are read when the first is asked for. */
export function validatorOf(apiVersion: string, kind: string): Validator | undefined {
  const schema = kinds.get(`${apiVersion}/${kind}`);
  if (schema === undefined) return undefined;
  validators ??= loadValidators(join(dirname(schemasFolder()), '.cache', 'knitmesh'));
  return validators[schema];
}

/**
 * The validators of kubernetes-models as one CommonJS module, which is kept in a file. The package is of ES modules that only `import`
 * finds, and a check does not wait; several hundred files take longer to read as well.
 *
 * @param folder where the module is kept; where nothing can be written, it is made each time
 */
export function loadValidators(folder: string): Validators {
  const entry = SERVED_KINDS.map(({ schema }) => `export {validate as ${schema}} from './_schemas/${schema}.js';`).join(
    '',
  );
  const file = join(folder, `kubernetes-schemas-${fingerprint(entry)}.cjs`);
  if (!existsSync(file)) {
    const text = bundled(entry);
    try {
      // It is run by whoever checks: nobody else is to write it.
      writeWholeFiles([{ path: file, text, mode: 0o600, folderMode: 0o700 }]);
    } catch {
      return run(text, file);
    }
  }
  return load(file) as Validators;
}

const schemasFolder = (): string => dirname(load.resolve('kubernetes-models/package.json'));

/** @param entry an ES module in the folder of kubernetes-models */
function bundled(entry: string): string {
  const esbuild = load('esbuild') as { buildSync: typeof buildSync };
  const folder = schemasFolder();
  const { outputFiles } = esbuild.buildSync({
    stdin: { contents: entry, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // The package of that name: Node's own module is deprecated, and says so.
    alias: { punycode: 'punycode/' },
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** What is another one when the module is: both packages have schemas. */
function fingerprint(entry: string): string {
  const installed = createRequire(join(schemasFolder(), 'package.json'));
  const packages = ['kubernetes-models', '@kubernetes-models/apimachinery'];
  const versions = packages.map((name) => (installed(`${name}/package.json`) as { version: string }).version);
  return createHash('sha256')
    .update([...versions, entry].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

function run(text: string, filename: string): Validators {
  const module: { exports: Validators } = { exports: {} };
  const whole = compileFunction(text, ['module', 'exports', 'require'], { filename }) as (...given: unknown[]) => void;
  whole(module, module.exports, load);
  return module.exports;
}
