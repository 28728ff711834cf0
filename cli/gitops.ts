import { join, relative, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { repositoryOf } from '../lib/git/repository';
import { compareGenerated, writeGenerated } from '../lib/gitops/generated-folder';
import type { RepositoryPaths } from '../lib/gitops/repository-paths';
import type { DistChanges } from '../lib/render/dist';
import { folderOf } from '../lib/render/dist';
import type { FileObjects, RenderedFile } from '../lib/render/files';
import { filesOf } from '../lib/render/files';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import { jsonOfEach, linesOfEach } from './environments-output';
import { FINDING, setExitCode } from './exit-code';
import { fileStates, isStale, styledState } from './file-states';
import type { FolderSettings } from './gitops-settings';
import { loadPlatforms, ofEach } from './load';
import { renderedObjects } from './rendered-objects';
import { count, print, printJson, table } from './terminal';

const ROOT = resolve(__dirname, '..');

/** What the commands take that hand a platform over to whoever applies the repository. */
export interface HandOverOptions extends AppOptions {
  readonly dist: string;
  readonly folder: string;
  readonly check: boolean;
  readonly output: 'text' | 'json';
}

/** Adds the options of {@link HandOverOptions} to a command. */
export function withHandOverOptions(command: Command, folder: string): Command {
  return withApp(command)
    .option('--dist <folder>', 'the folder that npm run synth writes', join(ROOT, 'dist'))
    .option('--folder <folder>', 'the folder to write to', join(ROOT, folder))
    .option('--check', 'write nothing; exit 1 when the folder is not what would be written', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    );
}

/** A platform that is to be handed over. */
export interface PlatformToHandOver {
  /** The files of `dist/`. */
  readonly dist: readonly FileObjects[];
  readonly paths: RepositoryPaths;

  /** The folder to write to, as it was named. */
  readonly folder: string;
}

/** What hands a platform over, in words and as files. */
export interface HandOver {
  readonly settings: FolderSettings<unknown>;

  /** By their paths in the folder. */
  readonly files: readonly RenderedFile[];
  readonly summary: object;

  /** A table of what was made, the first row is the heading. */
  readonly rows: readonly (readonly string[])[];

  /** What is to be done next. */
  readonly next: readonly string[];
}

/**
 * Writes for each platform the files of its folder and its settings, or compares them, and says so.
 *
 * @param firstLine what every file begins with
 * @throws Mistakes of all platforms, before anything is written
 */
export function handOver(
  options: HandOverOptions,
  firstLine: string,
  describe: (platform: PlatformToHandOver) => HandOver,
): void {
  const { app, check, output } = options;
  const described = ofEach(loadPlatforms(options), (platform) => {
    const [dist, folder] = [folderOf(options.dist, platform), folderOf(options.folder, platform)];
    const rendered = filesOf(renderedObjects(app, platform), platform.files);
    const made = describe({ dist: rendered, paths: repositoryPaths(dist, folder), folder });
    return {
      environment: platform.environment,
      folder,
      made,
      generated: compareGenerated(folder, made.files, firstLine),
    };
  });
  if (!check) {
    const folders = described.map(({ folder, made: { files, settings } }) => ({
      folder,
      files,
      ...(settings.changed !== undefined && { besides: [settings.changed] }),
    }));
    writeGenerated(folders, firstLine);
  }
  const done = described.map(({ environment, folder, made, generated }): HandedOver => {
    const { settings } = made;
    const written = [...generated.written, ...(settings.changed === undefined ? [] : [settings.changed.name])];
    return { environment, folder, made, changes: { ...generated, written } };
  });
  if (output === 'json') printJson(jsonOfEach(done, ({ made, changes }) => ({ ...made.summary, ...changes })));
  else print(linesOfEach(done, (one) => linesOf(one, check)));
  if (check && done.some(({ changes }) => isStale(changes))) setExitCode(FINDING);
}

/** Where things are in the repository that holds the folder: the one of Git, or else the project. */
function repositoryPaths(dist: string, folder: string): RepositoryPaths {
  return { root: repositoryOf(resolve(folder)) ?? ROOT, dist: resolve(dist), folder: resolve(folder) };
}

/** What was written for a platform, or with `--check` would be. */
interface HandedOver {
  readonly environment: string | undefined;
  readonly folder: string;
  readonly made: HandOver;
  readonly changes: DistChanges;
}

function linesOf({ folder, made: { rows, next }, changes }: HandedOver, check: boolean): string[] {
  const { written, removed } = changes;
  const fileRows = fileStates(changes, check).map(([name, state]) => [
    join(relative('', folder), name),
    styledState(state),
  ]);
  return [
    ...table(rows),
    '',
    ...table([['FILE', 'STATE'], ...fileRows]),
    '',
    ...(check && isStale(changes)
      ? [`${count(written.length + removed.length, 'file')} not as it would be written: run this again without --check`]
      : next),
  ];
}
