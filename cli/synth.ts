import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Mistakes, warningsOf } from '../lib/objects/mistakes';
import type { ComponentSummary } from '../lib/releases/release';
import type { DistChanges } from '../lib/render/dist';
import { compareDist, writeDist } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import { renderFiles } from '../lib/render/files';
import { quote } from '../lib/syntax/quote';
import { errorsBeforeWriting } from './check';
import { loadPlatform } from './load';
import { count, printMistakes, styled, table } from './terminal';

interface SynthOptions {
  readonly app: string;
  readonly dist: string;
  readonly check: boolean;
  readonly output: 'text' | 'json';
}

const ROOT = resolve(__dirname, '..');

/** The output folder of `cdk8s synth` in cdk8s.yaml: it is emptied by that command, so that `dist/` is kept beside it. */
const CDK8S_SCRATCH = '.cdk8s';

export function synthCommand(): Command {
  return new Command('synth')
    .description('render the platform to YAML')
    .option('--app <file>', 'the file that exports the platform', join(ROOT, 'main.ts'))
    .option('--dist <folder>', 'the folder to write to', join(ROOT, 'dist'))
    .option('--check', 'write nothing; exit 1 when the folder is not what the platform renders', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    )
    .action((options: SynthOptions) => {
      synth(options);
    });
}

function synth({ app, dist, check, output }: SynthOptions): void {
  if (statSync(dist, { throwIfNoEntry: false })?.isFile() === true) {
    throw new Mistakes([{ where: '--dist', message: `${quote(dist)} is a file: name a folder` }]);
  }
  const platform = loadPlatform(app);
  const objects = collectObjects(platform);
  const errors = errorsBeforeWriting(app, platform, objects);
  if (errors.length > 0) throw new Mistakes(errors);
  const files = renderFiles(objects);
  const changes = write(check, dist, files);
  printMistakes('warning', warningsOf(platform));

  const stale = changes.written.length + changes.removed.length > 0;
  if (output === 'json')
    process.stdout.write(`${JSON.stringify(asJson(platform.components, files, objects, changes), null, 2)}\n`);
  else process.stdout.write(asText(platform.components, files, objects, changes, check));
  if (check && stale) process.exitCode = 1;
}

/** `cdk8s synth` names a folder of its own; whatever else it names with `-o` or `--stdout` is all that is written. */
function write(check: boolean, dist: string, files: readonly RenderedFile[]): DistChanges {
  if (check) return compareDist(dist, files);
  const cdk8sFolder = process.env.CDK8S_OUTDIR;
  if (cdk8sFolder === undefined) return writeDist(dist, files);
  const changes = writeDist(cdk8sFolder, files);
  return cdk8sFolder === CDK8S_SCRATCH ? writeDist(dist, files) : changes;
}

type State = 'written' | 'unchanged' | 'removed' | 'stale';

function states({ written, unchanged, removed }: DistChanges, check: boolean): Map<string, State> {
  return new Map(
    [
      ...written.map((name) => [name, check ? 'stale' : 'written'] as const),
      ...unchanged.map((name) => [name, 'unchanged'] as const),
      ...removed.map((name) => [name, check ? 'stale' : 'removed'] as const),
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function objectsIn(name: string, objects: readonly PlatformObject[]): number {
  return objects.filter(({ phase }) => `${phase}.yaml` === name).length;
}

function asJson(
  components: readonly ComponentSummary[],
  files: readonly RenderedFile[],
  objects: readonly PlatformObject[],
  changes: DistChanges,
): object {
  return {
    components,
    files: files.map(({ name }) => ({ name, objects: objectsIn(name, objects) })),
    ...changes,
  };
}

const STYLES = { written: 'green', unchanged: 'dim', removed: 'yellow', stale: 'red' } as const;

const RELEASE_NOTES = {
  embedded: 'constructs of this repository',
  vendored: "the release's own files",
  external: 'left out: it is to be installed by other means',
} as const;

function asText(
  components: readonly ComponentSummary[],
  files: readonly RenderedFile[],
  objects: readonly PlatformObject[],
  changes: DistChanges,
  check: boolean,
): string {
  const componentRows = components.map(({ name, release, version, note }) => [
    name,
    version ?? '-',
    release,
    note ?? RELEASE_NOTES[release],
  ]);
  const fileRows = [...states(changes, check)].map(([name, state]) => [
    name,
    state === 'removed' ? '-' : String(objectsIn(name, objects)),
    styled(STYLES[state], state, process.stdout),
  ]);
  const done =
    check && changes.written.length + changes.removed.length > 0
      ? 'not what the platform renders: run npm run synth'
      : '';
  return [
    table([['COMPONENT', 'VERSION', 'RELEASE', ''], ...componentRows]),
    table([['FILE', 'OBJECTS', 'STATE'], ...fileRows]),
    `${count(objects.length, 'object')} in ${count(files.length, 'file')}${done && `; ${done}`}\n`,
  ].join('\n');
}
