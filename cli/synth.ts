import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { warningsOf } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import type { DistFolder } from '../lib/render/dist';
import { compareDist, folderOf, writeDist } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import { renderFiles } from '../lib/render/files';
import { notRenderedFiles } from '../lib/sources/not-rendered';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import { FINDING, setExitCode } from './exit-code';
import { isStale } from './file-states';
import { loadPlatforms, ofEach } from './load';
import { isAccepted } from './platform-check';
import { renderedObjects } from './rendered-objects';
import type { Synthesis } from './synth-output';
import { asJson, asText } from './synth-output';
import { print, printJson, printMistakes } from './terminal';

interface SynthOptions extends AppOptions {
  readonly dist: string;
  readonly check: boolean;
  readonly watch: boolean;
  readonly output: 'text' | 'json';
}

const ROOT = resolve(__dirname, '..');

/** The output folder of `cdk8s synth` in cdk8s.yaml: it is emptied by that command, so that `dist/` is kept beside it. */
const CDK8S_SCRATCH = '.cdk8s';

export function synthCommand(): Command {
  return withApp(new Command('synth'))
    .description('render the platform to YAML')
    .option('--dist <folder>', 'the folder to write to', join(ROOT, 'dist'))
    .option('--check', 'write nothing; exit 1 when the folder is not what the platform renders', false)
    .addOption(
      new Option('--watch', 'render again whenever a file of the project is saved, and say what changed')
        .conflicts(['check', 'output'])
        .default(false),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to say what was done').choices(['text', 'json']).default('text'),
    )
    .action(async (options: SynthOptions) => {
      if (options.watch) await (await import('./watch')).watch(ROOT, options);
      else synth(options);
    });
}

function synth(options: SynthOptions): void {
  const { app, dist, check, output } = options;
  const platforms = loadPlatforms(options);
  // Nothing is written while one of them has a mistake.
  const rendered = ofEach(platforms, (platform) => ({
    platform,
    files: renderFiles(renderedObjects(app, platform), platform.files),
  }));
  const done = check
    ? foldersIn(dist, rendered).map((folder) => ({ ...folder, changes: compareDist(folder) }))
    : write(dist, rendered);
  for (const platform of platforms) printMistakes('warning', warningsOf(platform));

  const beside = done.map((one) => ({ ...one, notRendered: notRenderedIn(app, dist, one) }));
  if (output === 'json') printJson(asJson(beside));
  else print(asText(beside, check));
  const isOther = ({ notRendered }: Synthesis): boolean => notRendered.some(({ isAccepted }) => !isAccepted);
  if (check && beside.some((one) => isStale(one.changes) || isOther(one))) setExitCode(FINDING);
}

/** The other files of a platform's folder, which `kubectl apply -f` takes too; those that check.yaml accepts are told. */
function notRenderedIn(app: string, dist: string, { environment }: { readonly environment: string | undefined }) {
  return notRenderedFiles(folderOf(dist, { environment })).map((file) => ({
    name: file.name,
    objects: file.objects.length,
    isAccepted: file.mistakes.length === 0 && isAccepted(app, file.objects),
  }));
}

interface Rendered {
  readonly platform: Platform;
  readonly files: readonly RenderedFile[];
}

type Written = Omit<Synthesis, 'notRendered'>;

/** `cdk8s synth` names a folder of its own; whatever else it names with `-o` or `--stdout` is all that is written. */
function write(dist: string, rendered: readonly Rendered[]): Written[] {
  const cdk8sFolder = process.env.CDK8S_OUTDIR;
  const folders =
    cdk8sFolder === undefined ? [dist] : cdk8sFolder === CDK8S_SCRATCH ? [cdk8sFolder, dist] : [cdk8sFolder];
  return writeDist(...folders.flatMap((folder) => foldersIn(folder, rendered))).slice(-rendered.length);
}

/** Each environment has a folder of its own. */
function foldersIn(dist: string, rendered: readonly Rendered[]): (Omit<Written, 'changes'> & DistFolder)[] {
  return rendered.map(({ platform, files }) => ({
    environment: platform.environment,
    components: platform.components,
    folder: folderOf(dist, platform),
    files,
  }));
}
