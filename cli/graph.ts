import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { CheckOptions } from '../lib/check/check';
import { check } from '../lib/check/check';
import { jsonOf } from '../lib/check/output/json';
import type { NetworkingAddresses } from '../lib/model/connections/cluster';
import type { Protection } from '../lib/model/connections/connection';
import type { MeshGraph } from '../lib/model/connections/mesh-graph';
import { meshGraph } from '../lib/model/connections/mesh-graph';
import type { Finding } from '../lib/graph/page/findings';
import { findingsOf } from '../lib/graph/page/findings';
import type { ComponentFact, Inventory } from '../lib/graph/page/inventory';
import { inventoryOf } from '../lib/graph/page/inventory';
import { pageOf } from '../lib/graph/page/page';
import { dotOf } from '../lib/graph/picture/dot';
import { drawingOf } from '../lib/graph/picture/drawing';
import { svgOf } from '../lib/graph/picture/svg';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import type { Platform } from '../lib/platform';
import { writeWholeFiles } from '../lib/files/whole-files';
import { comparedObjects } from '../lib/review/release-objects';
import type { ReadFiles, SourceObject } from '../lib/sources/read-sources';
import { readSources } from '../lib/sources/read-sources';
import { carryingLayerIn } from './carrying-layer';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import { loadPlatform, loadPlatforms, ofEach } from './load';
import { platformCheck } from './platform-check';
import { printReadFiles, READING_HELP } from './read-files';
import { count, note, print, printDocument, printMarkup } from './terminal';

type Format = 'html' | 'svg' | 'json' | 'dot';

interface GraphOptions extends AppOptions {
  readonly from?: string;
  readonly findings?: string;
  readonly output: Format;
  readonly file?: string;
}

const ROOT = resolve(__dirname, '..');
const PAGES = join(ROOT, 'graph');

/** As a file's name, standard output. */
const STDOUT = '-';

const HELP = `
A page is written to graph/index.html, that of an environment to its folder in graph/, and its path is printed; the other formats are printed themselves. --file says otherwise, "-" is standard output.
The page stands for itself: it can be mailed, attached to a pull request, or kept as a build's artifact.
${READING_HELP}
Nothing of a cluster is asked: what is drawn follows from the objects. Exit codes: 0 done, 1 a mistake in the platform, 2 could not run.`;

export function graphCommand(): Command {
  return withApp(new Command('graph'))
    .description('the mesh as a picture: who talks to whom, and whether it is mTLS')
    .option('--from <path>', 'draw plain YAML instead of the platform: a file, a folder, or - for standard input')
    .option('--findings <file>', 'the JSON of npm run check, to be shown instead of what it finds in the same objects')
    .addOption(
      new Option('-o, --output <format>', 'what to make of it').choices(['html', 'svg', 'json', 'dot']).default('html'),
    )
    .option('--file <file>', 'where to write it')
    .addHelpText('after', HELP)
    .action(graph);
}

/** What is drawn, and what is known of it besides its objects. */
interface Subject {
  readonly title: string;

  /** @default - it is none of several */
  readonly environment?: string;
  readonly objects: readonly PlatformObject[];
  readonly networking?: NetworkingAddresses;
  readonly components?: readonly ComponentFact[];

  /** What a check of the objects knows besides them. */
  readonly checked: Pick<CheckOptions, 'settings' | 'networking'>;

  /** @default - the objects are of a platform */
  readonly files?: ReadFiles;
}

async function graph(options: GraphOptions): Promise<void> {
  const { from, output, file } = options;
  // What is written to one place is of one platform.
  const platforms = output === 'html' && file === undefined ? loadPlatforms : (one: AppOptions) => [loadPlatform(one)];
  const subjects =
    from === undefined ? ofEach(platforms(options), (one) => subjectOf(options.app, one)) : [await filesAt(from)];
  for (const subject of subjects) await draw(subject, options);
}

async function draw(subject: Subject, { findings, output, file }: GraphOptions): Promise<void> {
  const { title, environment = '', objects, networking, components, files } = subject;
  const checked = findings === undefined ? findingsIn(subject, output) : readFindings(findings);
  const mesh = meshGraph(objects, networking);
  const inventory = inventoryOf(objects, {
    ...(components !== undefined && { components }),
    ...(checked !== undefined && { findings: checked }),
  });
  const text = await inFormat(output, title, mesh, { ...inventory, ...(files && { files }) });

  const target = file ?? (output === 'html' ? join(PAGES, environment, 'index.html') : STDOUT);
  if (target === STDOUT) {
    if (output === 'html' || output === 'svg') printMarkup(text);
    else printDocument(text);
    return;
  }
  writeWholeFiles([{ path: target, text }]);
  print([relative('', target)]);
  note(summary(mesh));
}

function subjectOf(app: string, platform: Platform): Subject {
  const { node, environment, networking, components } = platform;
  return {
    title: `Mesh of ${node.id}`,
    ...(environment !== undefined && { environment }),
    objects: collectObjects(platform),
    networking,
    components,
    checked: platformCheck(app, platform),
  };
}

/** A folder's files are its phases, since kubectl applies them in the order of their names. */
async function filesAt(path: string): Promise<Subject> {
  const sources = await readSources([path]);
  printReadFiles(sources);
  const objects = comparedObjects(sources).map((object) => ({
    ...object,
    phase: phaseOf(object),
  }));
  const layer = carryingLayerIn(objects);
  const name = path === '-' ? 'standard input' : basename(resolve(path));
  return { title: `Mesh of ${name}`, objects, checked: { ...(layer && { networking: layer }) }, files: sources.files };
}

/** The name of a file within its folder, without its ending; of what a kustomization makes, its folder. */
const phaseOf = ({ madeBy, file, source }: SourceObject): string =>
  madeBy ?? (file ?? source.replace(/:\d+$/, '')).replace(/\.\w+$/, '');

/** What a check finds without looking at the clock; nothing where no format shows it. */
function findingsIn({ objects, checked }: Subject, output: Format): Finding[] | undefined {
  if (output !== 'html' && output !== 'json') return undefined;
  return findingsOf(jsonOf(check(objects, checked), objects.length));
}

function readFindings(file: string): Finding[] {
  if (!existsSync(file)) throw new Error(`${file}: no such file: write it with npm run --silent check -- -o json`);
  try {
    return findingsOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    // What is no JSON is not repeated: it may be any file.
    const why = error instanceof SyntaxError ? 'is no JSON' : error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: ${why}`, { cause: error });
  }
}

async function inFormat(format: Format, title: string, mesh: MeshGraph, inventory: Inventory): Promise<string> {
  switch (format) {
    case 'html':
      return pageOf({ title, drawing: drawingOf(mesh), inventory });
    case 'svg':
      return svgOf(drawingOf(mesh), { title });
    case 'dot':
      return dotOf(drawingOf(mesh));
    case 'json':
      return `${JSON.stringify({ ...mesh, ...inventory }, null, 2)}\n`;
  }
}

/** `14 of 15 workloads in the mesh; 87 of 105 connections are mTLS` */
function summary({ nodes, edges }: MeshGraph): string {
  const workloads = nodes.filter(({ namespace }) => namespace !== undefined);
  const meshed = workloads.filter((node) => node.meshed).length;
  const of = (protection: Protection): number =>
    edges.filter(({ security }) => security.protection === protection).length;
  const refused = of('refused');
  return [
    `${meshed} of ${count(workloads.length, 'workload')} in the mesh`,
    `${of('mtls')} of ${count(edges.length, 'connection')} are mTLS`,
    ...(refused === 0 ? [] : [`${refused} ${refused === 1 ? 'is' : 'are'} refused by inbound policies`]),
  ].join('; ');
}
