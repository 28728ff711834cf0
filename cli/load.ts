import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Construct } from 'constructs';
import type { Mistake } from '../lib/objects/mistakes';
import { Mistakes } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import { quote } from '../lib/syntax/quote';
import type { AppOptions } from './app-options';

/**
 * The one platform that a command is for.
 *
 * @throws Mistakes as {@link loadPlatforms}, and where the file exports several and no environment is named
 */
export function loadPlatform(options: AppOptions): Platform {
  const [platform, ...others] = loadPlatforms(options);
  if (platform !== undefined && others.length === 0) return platform;
  const names = [platform, ...others].map((one) => one?.environment);
  throw mistake(
    relative(process.cwd(), resolve(options.app)),
    `exports several platforms: name one with --environment: ${names.join(', ')}`,
  );
}

/**
 * The platform that a file exports by default, or those of several environments in a list; of these the one that is named.
 *
 * @throws Mistakes if the file is not there, cannot be loaded, or exports no platform or none of that environment: one line that says where
 */
export function loadPlatforms({ app, environment }: AppOptions): readonly Platform[] {
  const platforms = exportedPlatforms(app);
  if (environment === undefined) return platforms;
  const wanted = platforms.filter((platform) => platform.environment === environment);
  if (wanted.length > 0) return wanted;
  const names = platforms.flatMap((platform) => platform.environment ?? []);
  throw mistake(
    relative(process.cwd(), resolve(app)),
    names.length === 0
      ? `exports one platform, which has no environment: leave --environment ${environment} out`
      : `exports no platform of the environment ${quote(environment)}: use ${names.join(', ')}`,
  );
}

/**
 * What is made of each platform.
 *
 * @throws Mistakes of all of them together, each once
 */
export function ofEach<T>(platforms: readonly Platform[], make: (platform: Platform) => T): T[] {
  const mistakes = new Map<string, Mistake>();
  const made = platforms.flatMap((platform) => {
    try {
      return [make(platform)];
    } catch (error) {
      if (!(error instanceof Mistakes)) throw error;
      for (const one of error.mistakes) mistakes.set(`${one.where}: ${one.message}`, one);
      return [];
    }
  });
  if (mistakes.size > 0) throw new Mistakes([...mistakes.values()]);
  return made;
}

function exportedPlatforms(file: string): readonly Platform[] {
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
  const platforms: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (platforms.length === 0 || !platforms.every(isPlatform)) {
    throw mistake(name, 'exports no platform: end the file with `export default platform`');
  }
  if (platforms.length > 1) checkEnvironments(name, platforms);
  return platforms;
}

/** Of several platforms each has a folder of its own. */
function checkEnvironments(name: string, platforms: readonly Platform[]): void {
  const environments = platforms.map(({ environment }) => environment);
  if (environments.includes(undefined)) {
    throw mistake(
      name,
      'exports several platforms, and one has no environment: give each its own, for example "staging"',
    );
  }
  const twice = environments.find((environment, index) => environments.indexOf(environment) !== index);
  if (twice !== undefined) throw mistake(name, `exports two platforms of the environment ${quote(twice)}: rename one`);
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
