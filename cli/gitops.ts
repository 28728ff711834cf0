import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { compareGenerated, writeGenerated } from '../lib/gitops/generated-folder';
import type { RepositoryPaths } from '../lib/gitops/repository-paths';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import type { DistChanges } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import type { FolderSettings } from './gitops-settings';
import { keepSettings } from './gitops-settings';
import { loadPlatform } from './load';
import { errorsBeforeWriting } from './platform-check';
import { count, styled, table } from './terminal';

const ROOT = resolve(__dirname, '..');

/** What the commands take that hand a platform over to whoever applies the repository. */
export interface HandOverOptions {
  readonly app: string;
  readonly dist: string;
  readonly folder: string;
  readonly check: boolean;
  readonly output: 'text' | 'json';
}

/** Adds the options of {@link HandOverOptions} to a command. */
export function withHandOverOptions(command: Command, folder: string): Command {
  return command
    .option('--app <file>', 'the file that exports the platform', join(ROOT, 'main.ts'))
    .option('--dist <folder>', 'the folder that npm run synth writes', join(ROOT, 'dist'))
    .option('--folder <folder>', 'the folder to write to', join(ROOT, folder))
    .option('--check', 'write nothing; exit 1 when the folder is not what would be written', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    );
}

/**
 * The objects of a platform.
 *
 * @throws Mistakes if there is one for which `npm run synth` would not write them
 */
export function objectsToHandOver({ app }: HandOverOptions): PlatformObject[] {
  const platform = loadPlatform(app);
  const objects = collectObjects(platform);
  const errors = errorsBeforeWriting(app, platform, objects);
  if (errors.length > 0) throw new Mistakes(errors);
  return objects;
}

/** Where things are in the repository that holds the folder: the one of Git, or else the project. */
export function repositoryPaths({ dist, folder }: HandOverOptions): RepositoryPaths {
  const ancestors = (path: string): string[] => [path, ...(dirname(path) === path ? [] : ancestors(dirname(path)))];
  const root = ancestors(resolve(folder)).find((path) => existsSync(join(path, '.git'))) ?? ROOT;
  return { root, dist: resolve(dist), folder: resolve(folder) };
}

/** What a command wrote, or with `--check` would. */
export interface HandedOver {
  readonly summary: object;

  /** A table of what was made, the first row is the heading. */
  readonly rows: readonly (readonly string[])[];

  /** What is to be done next. */
  readonly next: readonly string[];
}

/** Writes the files of a folder and its settings, or compares them, and says so. */
export function handOver(
  { folder, check, output }: HandOverOptions,
  settings: FolderSettings<unknown>,
  files: readonly RenderedFile[],
  firstLine: string,
  { summary, rows, next }: HandedOver,
): void {
  const generated = (check ? compareGenerated : writeGenerated)(folder, files, firstLine);
  if (!check) keepSettings(folder, settings);
  const changes =
    settings.changed === undefined
      ? generated
      : { ...generated, written: [...generated.written, settings.changed.name] };
  const stale = changes.written.length + changes.removed.length > 0;
  if (output === 'json') process.stdout.write(`${JSON.stringify({ ...summary, ...changes }, null, 2)}\n`);
  else process.stdout.write(asText(relative('', folder), rows, changes, check, next));
  if (check && stale) process.exitCode = 1;
}

const STYLES = { written: 'green', unchanged: 'dim', removed: 'yellow', stale: 'red' } as const;

function asText(
  folder: string,
  rows: HandedOver['rows'],
  { written, unchanged, removed }: DistChanges,
  check: boolean,
  next: readonly string[],
): string {
  const states: readonly (readonly [string, keyof typeof STYLES])[] = [
    ...written.map((name) => [name, check ? 'stale' : 'written'] as const),
    ...unchanged.map((name) => [name, 'unchanged'] as const),
    ...removed.map((name) => [name, check ? 'stale' : 'removed'] as const),
  ];
  const fileRows = [...states]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, state]) => [join(folder, name), styled(STYLES[state], state, process.stdout)]);
  const stale = check && written.length + removed.length > 0;
  return [
    table(rows),
    table([['FILE', 'STATE'], ...fileRows]),
    stale
      ? `${count(written.length + removed.length, 'file')} not as it would be written: run this again without --check\n`
      : next.map((line) => `${line}\n`).join(''),
  ].join('\n');
}
