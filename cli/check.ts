import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CheckOptions, CheckResult } from '../lib/check/check';
import { check } from '../lib/check/check';
import { together, withoutWaiversOfOthers } from '../lib/check/environments';
import { Locator } from '../lib/check/location';
import { githubOf } from '../lib/check/output/github';
import { jsonOf } from '../lib/check/output/json';
import { sarifOf } from '../lib/check/output/sarif';
import type { Paint } from '../lib/check/output/text';
import { textOf } from '../lib/check/output/text';
import type { CheckSettings } from '../lib/check/settings';
import { NO_SETTINGS } from '../lib/check/settings';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { folderOf } from '../lib/render/dist';
import type { FileObjects } from '../lib/render/files';
import { filesOf } from '../lib/render/files';
import { notRenderedFiles } from '../lib/sources/not-rendered';
import type { ReadFiles } from '../lib/sources/read-sources';
import { readSources } from '../lib/sources/read-sources';
import type { AppOptions } from './app-options';
import { withApp } from './app-options';
import { readCheckSettings } from './check-settings';
import { carryingLayerIn } from './carrying-layer';
import { jsonOfEach, linesOfEach } from './environments-output';
import { FINDING, setExitCode } from './exit-code';
import { loadPlatforms, ofEach } from './load';
import { platformCheck } from './platform-check';
import { printReadFiles, READING_HELP } from './read-files';
import { memory } from './start/memory';
import { print, printDocument, printJson, printWorkflowCommands, styled } from './terminal';

const ROOT = resolve(__dirname, '..');

interface CheckCommandOptions extends AppOptions {
  readonly from?: readonly string[];
  readonly config?: string;
  readonly dist: string;
  readonly strict: boolean;
  readonly now: Date;
  readonly output: 'text' | 'json' | 'sarif' | 'github';
}

export function checkCommand(): Command {
  return withApp(new Command('check'))
    .description('hold what is rendered to the rules of docs/rules/; writes nothing, needs no network')
    .option(
      '--from <paths...>',
      'plain YAML instead: files, folders with all below them, or - for standard input; see below',
    )
    .option(
      '--config <file>',
      "severities and waivers; default: check.yaml beside the app's file or above it, none with --from",
    )
    .option(
      '--dist <folder>',
      'the folder that the platform is rendered to: other files in it, which kubectl apply takes too, are looked at as well; not with --from',
      join(ROOT, 'dist'),
    )
    .option('--strict', 'exit 1 for warnings as well', false)
    .addOption(
      new Option('--now <date>', 'the day to compare certificates with')
        .argParser(readDate)
        .default(new Date(), 'today'),
    )
    .addOption(
      new Option('-o, --output <format>', 'how to say what was found')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `${READING_HELP}\nExit code: 0 nothing is found but warnings and notes, 1 something is, 2 it could not be checked`,
    )
    .action(run);
}

async function run(options: CheckCommandOptions): Promise<void> {
  const { from, config, strict, now, output } = options;
  const settings = config === undefined ? undefined : readCheckSettings(config);
  const subjects = from === undefined ? platformsOfApp(options, settings) : [await objectsOfFiles(from, settings)];
  const checked = withoutWaiversOfOthers(
    subjects.map((subject) => ({ ...subject, result: check(subject.objects, { now, ...subject.known }) })),
  );
  printChecked(checked, output);
  const found = checked.flatMap(({ result }) => result.findings);
  if (found.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'))) setExitCode(FINDING);
}

/** What is checked: objects, and what besides them is known. */
interface Subject {
  readonly environment: string | undefined;
  readonly objects: readonly PlatformObject[];
  readonly known: CheckOptions;

  /** The files that they are rendered to; none for objects that were read from files. */
  readonly files: readonly FileObjects[];

  /** The files that they were read from. @default - they are of a platform */
  readonly read?: ReadFiles;
}

interface Checked extends Subject {
  readonly result: CheckResult;
}

function printChecked(checked: readonly Checked[], output: CheckCommandOptions['output']): void {
  const locator = (): Locator => new Locator(checked.flatMap(({ files }) => files));
  const paint: Paint = (style, text) => styled(style, text, process.stdout);
  if (output === 'text') {
    print(linesOfEach(checked, ({ result, objects }) => textOf(result, objects.length, paint)));
  } else if (output === 'json') {
    printJson(jsonOfEach(checked, ({ result, objects, read }) => jsonOf(result, objects.length, read)));
  } else if (output === 'sarif') printDocument(sarifOf(together(checked), locator()));
  else printWorkflowCommands(githubOf(together(checked), locator()));
}

/** The folder of the rendered files, as forges name it: from the root of the repository. */
const DIST = 'dist';

function platformsOfApp(options: CheckCommandOptions, settings: CheckSettings | undefined): Subject[] {
  return ofEach(loadPlatforms(options), (platform) => {
    const rendered = collectObjects(platform);
    const others = notRenderedFiles(folderOf(options.dist, platform));
    const besides = others.flatMap((file) => file.objects);
    const folder = folderOf(DIST, platform);
    return {
      environment: platform.environment,
      objects: [...rendered, ...besides],
      known: {
        ...platformCheck(options.app, platform, settings),
        besides,
        unreadable: others.flatMap(({ mistakes }) => mistakes),
      },
      files: filesOf(rendered, platform.files).map((file) => ({ ...file, name: join(folder, file.name) })),
    };
  });
}

/** The objects of plain files. Each file is a phase of its own, by its name. */
async function objectsOfFiles(paths: readonly string[], settings: CheckSettings = NO_SETTINGS): Promise<Subject> {
  const { objects: read, mistakes, notes, files } = await readSources(paths);
  printReadFiles({ files, notes });
  const names = [...new Set(read.map(({ source }) => fileOf(source)))];
  const width = String(names.length).length;
  const phases = new Map(names.map((name, index) => [name, String(index).padStart(width, '0')]));
  const objects = read.map((object) => ({ ...object, phase: phases.get(fileOf(object.source)) ?? '' }));
  const networking = carryingLayerIn(objects);
  const known = { settings, unreadable: mistakes, memory, ...(networking && { networking }) };
  return { environment: undefined, objects, known, files: [], read: files };
}

const fileOf = (source: string): string => source.replace(/:\d+$/, '');

function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('Write a date, for example 2027-01-31.');
  return date;
}
