import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { collectObjects } from '../lib/objects/collect';
import { Mistakes } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import { folderOf } from '../lib/render/dist';
import { clusterSides } from '../lib/review/cluster-objects';
import { diff } from '../lib/review/diff';
import { commit, gitObjects, reviewBase, shortSha } from '../lib/review/git-objects';
import type { ReviewedObject } from '../lib/review/object-changes';
import type { KnownFiles } from '../lib/review/release-objects';
import { folderObjects, rendered } from '../lib/review/reviewed-files';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { DiffFormat, Sides } from './diff-output';
import { diffFormatOption, printDiff } from './diff-output';
import { COULD_NOT_RUN, setExitCode } from './exit-code';
import { loadPlatform, loadPlatforms, ofEach } from './load';
import { printMistakes } from './terminal';

interface DiffOptions extends AppOptions {
  readonly dist: string;
  readonly from?: string;
  readonly to?: string;
  readonly cluster: boolean;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly verbose: boolean;
  readonly output: DiffFormat;
}

const ROOT = resolve(__dirname, '..');

const HELP = `
Compares with the commit where the branch left the default branch, so that a branch is seen as a whole; on the default branch itself with HEAD, so that
what is not committed is seen. The default branch is that of origin, or main, or master. Of a commit its rendered files count, dist/; here the platform is
rendered anew, and nothing is written. A REF is compared as it is; for its merge base give "$(git merge-base REF HEAD)".

Other names with the same content, other files and another order are listed, and are no difference. Values of Secrets are never shown.
With --cluster, what is there but not in the platform is not looked at.

Exit code: 0 the same, 1 different, 2 it could not be compared`;

export function diffCommand(): Command {
  return withApp(new Command('diff'))
    .description(
      'what a change to the platform means: images, rights, CRDs, configuration, pods that roll, network and mesh',
    )
    .argument('[ref]', 'the commit, branch or tag to compare with; see below')
    .option('--dist <folder>', 'where the rendered files are in a commit', resolve(ROOT, 'dist'))
    .option('--from <folder>', 'compare with the YAML files of a folder instead of a commit')
    .option('--to <folder>', 'look at the YAML files of a folder instead of the platform')
    .option('--cluster', 'compare with what is in a cluster, by a dry run of kubectl apply', false)
    .option('--context <name>', 'the context of the kubeconfig; with --cluster')
    .option('--kubeconfig <file>', 'the kubeconfig; with --cluster')
    .option('--verbose', 'list labels and texts too', false)
    .addOption(diffFormatOption())
    .addHelpText('after', HELP)
    .action(async (ref: string | undefined, options: DiffOptions) => {
      try {
        await compare(ref, options);
      } catch (error) {
        if (!(error instanceof Mistakes)) throw error;
        printMistakes('error', error.mistakes);
        setExitCode(COULD_NOT_RUN);
      }
    });
}

interface Side {
  readonly name: string;

  /** @default - it is none of several */
  readonly environment?: string;
  readonly objects: readonly ReviewedObject[];

  /** @default - all files are read */
  readonly known?: KnownFiles;
}

async function compare(ref: string | undefined, options: DiffOptions): Promise<void> {
  const { cluster, context, kubeconfig, from, output, verbose } = options;
  const given = [ref === undefined ? '' : 'a commit', from === undefined ? '' : '--from', cluster ? '--cluster' : ''];
  if (given.filter((one) => one !== '').length > 1)
    throw new Error(`${given.filter((one) => one !== '').join(' and ')}: compare with one of them`);
  if (!cluster && (context ?? kubeconfig) !== undefined)
    throw new Error('--context and --kubeconfig: they are for --cluster');
  if (cluster) {
    const [to] = sidesHere(options, (one) => [loadPlatform(one)]);
    if (to === undefined) return;
    const { name, environment } = to;
    const sides = await clusterSides(to.objects, { context, kubeconfig });
    const names: Sides = { from: context === undefined ? 'the cluster' : `the cluster ${context}`, to: name };
    printDiff([{ environment, sides: names, diff: diff(sides.from, sides.to, sides.refused) }], output, verbose);
    return;
  }
  const here = sidesHere(options, loadPlatforms);
  const compared = basesOf(here, ref, options).map(({ base, side }) => ({
    environment: side.environment,
    sides: { from: base.name, to: side.name },
    diff: diff(base.objects, side.objects),
  }));
  printDiff(compared, output, verbose);
}

function sidesHere(options: DiffOptions, platforms: (options: AppOptions) => readonly Platform[]): Side[] {
  const { app, to } = options;
  if (to !== undefined) return [{ name: to, objects: folderObjects(to) }];
  return ofEach(platforms(options), (platform) => {
    const { environment } = platform;
    const name = relative('', app);
    return {
      name: environment === undefined ? name : `${name} (${environment})`,
      ...(environment !== undefined && { environment }),
      ...rendered(collectObjects(platform), platform.files),
    };
  });
}

/** What each is compared with: the folder of its environment. An environment that is new is compared with nothing. */
function basesOf(here: readonly Side[], ref: string | undefined, options: DiffOptions): { base: Side; side: Side }[] {
  const read = readBase(ref, options);
  const bases = here.map((side) => ({ side, ...read(side) }));
  const [first] = bases;
  if (first !== undefined && bases.every(({ objects }) => objects === undefined)) {
    throw new Error(`${first.place} has no rendered files: name another one`);
  }
  return bases.map(({ side, name, objects = [] }) => ({ side, base: { name, objects } }));
}

interface Base {
  readonly name: string;

  /** The folder, and of what. */
  readonly place: string;

  /** `undefined` where there is no such folder. */
  readonly objects: readonly ReviewedObject[] | undefined;
}

function readBase(ref: string | undefined, { from, dist }: DiffOptions): (side: Side) => Base {
  if (from !== undefined) {
    return ({ environment, known }) => {
      const folder = folderOf(from, { environment });
      const isNew = environment !== undefined && existsSync(from) && !existsSync(folder);
      return { name: folder, place: `${folder}/`, objects: isNew ? undefined : folderObjects(folder, known) };
    };
  }
  const base = ref === undefined ? reviewBase(ROOT) : commit(ROOT, ref);
  const name = base.sha.startsWith(base.name) ? shortSha(base.sha) : `${base.name} (${shortSha(base.sha)})`;
  return ({ environment, known }) => {
    const folder = folderOf(resolve(dist), { environment });
    return { name, place: `${relative(ROOT, folder)}/ of ${name}`, objects: gitObjects(ROOT, base, folder, known) };
  };
}
