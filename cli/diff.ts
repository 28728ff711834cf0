import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { collectObjects } from '../lib/objects/collect';
import { Mistakes } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import { folderOf } from '../lib/render/dist';
import { clusterSides } from '../lib/review/cluster-objects';
import { diff } from '../lib/review/diff';
import { commit, gitFolderObjects, gitObjects, reviewBase, shortSha } from '../lib/review/git-objects';
import type { ReviewedObject } from '../lib/review/object-changes';
import type { KnownFiles } from '../lib/review/release-objects';
import type { FileBeside } from '../lib/review/reviewed-files';
import { rendered, reviewedSources, withFilesBeside } from '../lib/review/reviewed-files';
import { notRenderedFiles } from '../lib/sources/not-rendered';
import type { ReadFiles } from '../lib/sources/read-sources';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import type { Comparison, DiffFormat, Sides } from './diff-output';
import { diffFormatOption, printDiff } from './diff-output';
import { COULD_NOT_RUN, setExitCode } from './exit-code';
import { loadPlatform, loadPlatforms, ofEach } from './load';
import { printReadFiles, READING_HELP } from './read-files';
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
rendered anew, and nothing is written. With --to, all YAML files in the folder of --dist count, and in those below. A REF is compared as it is; for its merge base give "$(git merge-base REF HEAD)".

Other names with the same content, other files and another order are listed, and are no difference. Values of Secrets are never shown.
With --cluster, what is there but not in the platform is not looked at.
${READING_HELP}
Exit code: 0 the same, 1 different, 2 it could not be compared`;

export function diffCommand(): Command {
  return withApp(new Command('diff'))
    .description(
      'what a change to the platform means: images, rights, CRDs, configuration, pods that roll, network and mesh',
    )
    .argument('[ref]', 'the commit, branch or tag to compare with; see below')
    .option(
      '--dist <folder>',
      'where the rendered files are, in a commit and here, where other files beside them count too',
      resolve(ROOT, 'dist'),
    )
    .option('--from <path>', 'compare with plain YAML instead of a commit: a file, a folder, or - for standard input')
    .option('--to <path>', 'look at plain YAML instead of the platform: a file, a folder, or - for standard input')
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

  /** @default - it is of no files of a user's own */
  readonly files?: ReadFiles;

  /** The files beside those of the platform. @default - it is no platform */
  readonly notRendered?: readonly FileBeside[];
}

async function compare(ref: string | undefined, options: DiffOptions): Promise<void> {
  const { cluster, context, kubeconfig, from, output, verbose } = options;
  const given = [ref === undefined ? '' : 'a commit', from === undefined ? '' : '--from', cluster ? '--cluster' : ''];
  if (given.filter((one) => one !== '').length > 1)
    throw new Error(`${given.filter((one) => one !== '').join(' and ')}: compare with one of them`);
  if (!cluster && (context ?? kubeconfig) !== undefined)
    throw new Error('--context and --kubeconfig: they are for --cluster');
  if (from === '-' && options.to === '-')
    throw new Error('--from and --to: standard input can be read once, so name another one');
  if (cluster) {
    const [to] = await sidesHere(options, (one) => [loadPlatform(one)]);
    if (to === undefined) return;
    const { name, environment } = to;
    const sides = await clusterSides(to.objects, { context, kubeconfig });
    const names: Sides = { from: context === undefined ? 'the cluster' : `the cluster ${context}`, to: name };
    printDiff(
      [{ environment, sides: names, diff: diff(sides.from, sides.to, sides.refused, to.notRendered) }],
      output,
      verbose,
    );
    return;
  }
  const here = await sidesHere(options, loadPlatforms);
  const compared = (await basesOf(here, ref, options)).map(({ base, side }) => ({
    environment: side.environment,
    sides: { from: base.name, to: side.name },
    diff: diff(base.objects, side.objects, [], side.notRendered),
    ...filesOfSides(base, side),
  }));
  printDiff(compared, output, verbose);
}

const filesOfSides = (from: Side, to: Side): Pick<Comparison, 'files'> =>
  (from.files ?? to.files) === undefined
    ? {}
    : { files: { ...(from.files && { from: from.files }), ...(to.files && { to: to.files }) } };

async function sidesHere(
  options: DiffOptions,
  platforms: (options: AppOptions) => readonly Platform[],
): Promise<Side[]> {
  const { app, dist, to } = options;
  if (to !== undefined) return [await sideAt(to)];
  return ofEach(platforms(options), (platform) => {
    const { environment } = platform;
    const name = relative('', app);
    const { objects, known } = rendered(collectObjects(platform), platform.files);
    return {
      name: environment === undefined ? name : `${name} (${environment})`,
      ...(environment !== undefined && { environment }),
      known,
      ...withFilesBeside(objects, notRenderedFiles(folderOf(resolve(dist), { environment }))),
    };
  });
}

/** The objects of plain YAML. */
async function sideAt(path: string, known?: KnownFiles): Promise<Side> {
  const { objects, sources } = await reviewedSources(path, known);
  const name = path === '-' ? 'standard input' : path;
  printReadFiles(sources, name);
  return { name, objects, files: sources.files };
}

interface Compared {
  readonly base: Side;
  readonly side: Side;
}

/** What each is compared with: the folder of its environment. An environment that is new is compared with nothing. */
async function basesOf(here: readonly Side[], ref: string | undefined, options: DiffOptions): Promise<Compared[]> {
  if (options.from === '-' && here.length > 1)
    throw new Error('--from -: standard input is of one environment: name it with --environment');
  const read = readBase(ref, options);
  const bases: (Base & { readonly side: Side })[] = [];
  for (const side of here) bases.push({ side, ...(await read(side)) });
  const [first] = bases;
  if (first !== undefined && bases.every(({ objects }) => objects === undefined)) {
    throw new Error(`${first.place} has no rendered files: name another one`);
  }
  return bases.map(({ side, name, objects = [], files }) => ({
    side,
    base: { name, objects, ...(files && { files }) },
  }));
}

interface Base {
  readonly name: string;

  /** The folder, and of what. */
  readonly place: string;

  /** `undefined` where there is no such folder. */
  readonly objects: readonly ReviewedObject[] | undefined;

  /** @default - it was read from no files of a user's own */
  readonly files?: ReadFiles;
}

function readBase(ref: string | undefined, { from, to, dist }: DiffOptions): (side: Side) => Base | Promise<Base> {
  if (from !== undefined) {
    return async ({ environment, known }) => {
      const folder = from === '-' ? from : folderOf(from, { environment });
      const isNew = environment !== undefined && from !== '-' && existsSync(from) && !existsSync(folder);
      if (isNew) return { name: folder, place: `${folder}/`, objects: undefined };
      return { place: `${folder}/`, ...(await sideAt(folder, known)) };
    };
  }
  const base = ref === undefined ? reviewBase(ROOT) : commit(ROOT, ref);
  const name = base.sha.startsWith(base.name) ? shortSha(base.sha) : `${base.name} (${shortSha(base.sha)})`;
  // A folder is compared with a folder, and a platform with what a platform has written.
  const read = to === undefined ? gitObjects : gitFolderObjects;
  return ({ environment, known }) => {
    const folder = folderOf(resolve(dist), { environment });
    return { name, place: `${relative(ROOT, folder)}/ of ${name}`, objects: read(ROOT, base, folder, known) };
  };
}
