import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Construct } from 'constructs';
import type { Mistake } from '../lib/objects/mistakes';
import { Mistakes } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';

/**
 * The platform that a file exports by default, such as `main.ts`.
 *
 * @throws Mistakes if the file is not there, cannot be loaded or exports no platform: one line that says where
 */
export function loadPlatform(file: string): Platform {
  const path = resolve(file);
  const name = relative(process.cwd(), path);
  if (!existsSync(path)) throw mistake(name, 'no such file: name the file that exports the platform with --app');
  let exported: unknown;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the file is known only now
    exported = (require(path) as { default?: unknown }).default;
  } catch (error) {
    if (error instanceof Mistakes) throw error;
    const syntax = syntaxError(error);
    if (syntax !== undefined) throw mistake(syntax.where, syntax.message);
    throw mistake(placeOf(error, path) ?? name, firstLine(error));
  }
  if (!isPlatform(exported)) throw mistake(name, 'exports no platform: end the file with `export default platform`');
  return exported;
}

function mistake(where: string, message: string): Mistakes {
  return new Mistakes([{ where, message }]);
}

const isPlatform = (value: unknown): value is Platform => value instanceof Construct && 'services' in value;

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

/** What esbuild says of a file that is no TypeScript: `path:line:column: ERROR: text`, the first of them. */
function syntaxError(error: unknown): Mistake | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, file, line, message] = /^(.+):(\d+):\d+: ERROR: (.+)$/m.exec(error.message) ?? [];
  if (file === undefined || line === undefined || message === undefined) return undefined;
  return { where: `${relative(process.cwd(), resolve(file))}:${line}`, message };
}

/** `main.ts:12`: the innermost line of the user's own file that the error came through. */
function placeOf(error: unknown, path: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const at = stack.indexOf(`${path}:`);
  const line = at < 0 ? undefined : /^:(\d+)/.exec(stack.slice(at + path.length))?.[1];
  return line === undefined ? undefined : `${relative(process.cwd(), path)}:${line}`;
}
