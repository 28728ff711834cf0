import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CheckOptions, CheckResult } from '../lib/check/check';
import { check } from '../lib/check/check';
import { Locator } from '../lib/check/location';
import { githubOf } from '../lib/check/output/github';
import { jsonOf } from '../lib/check/output/json';
import { sarifOf } from '../lib/check/output/sarif';
import { textOf } from '../lib/check/output/text';
import type { CheckSettings } from '../lib/check/settings';
import { NO_SETTINGS } from '../lib/check/settings';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { readDocuments } from '../lib/releases/documents';
import { readCheckSettings } from './check-settings';
import { carryingLayerIn } from './carrying-layer';
import { loadPlatform } from './load';
import { platformCheck } from './platform-check';
import { memory } from './start/memory';
import { styled } from './terminal';

interface CheckCommandOptions {
  readonly app: string;
  readonly from?: readonly string[];
  readonly config?: string;
  readonly strict: boolean;
  readonly now: Date;
  readonly output: 'text' | 'json' | 'sarif' | 'github';
}

const ROOT = resolve(__dirname, '..');
const FINDING = 1;

export function checkCommand(): Command {
  return new Command('check')
    .description('hold what is rendered to the rules of docs/rules/; writes nothing, needs no network')
    .option('--app <file>', 'the file that exports the platform', join(ROOT, 'main.ts'))
    .option(
      '--from <paths...>',
      'plain YAML instead: files, or folders with all files below them, applied in the order of their names',
    )
    .option(
      '--config <file>',
      "severities and waivers; default: check.yaml beside the app's file or above it, none with --from",
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
    .addHelpText('after', '\nExit code: 0 nothing is found but warnings, 1 something is, 2 it could not be checked')
    .action((options: CheckCommandOptions) => {
      run(options);
    });
}

function run({ app, from, config, strict, now, output }: CheckCommandOptions): void {
  const settings = config === undefined ? undefined : readCheckSettings(config);
  const { objects, known } = from === undefined ? objectsOfApp(app, settings) : objectsOfFiles(from, settings);
  const result = check(objects, { now, ...known });
  process.stdout.write(print(result, objects, output, from === undefined ? 'dist' : undefined));
  if (result.findings.some(({ severity }) => strict || severity === 'error')) process.exitCode = FINDING;
}

function print(
  result: CheckResult,
  objects: readonly PlatformObject[],
  output: CheckCommandOptions['output'],
  dist: string | undefined,
): string {
  if (output === 'text') return textOf(result, objects.length, (style, text) => styled(style, text, process.stdout));
  if (output === 'json') return jsonOf(result, objects.length);
  const locator = new Locator(objects, dist);
  return output === 'sarif' ? sarifOf(result, locator) : githubOf(result, locator);
}

/** What is checked: objects, and what besides them is known. */
interface Checked {
  readonly objects: readonly PlatformObject[];
  readonly known: CheckOptions;
}

function objectsOfApp(app: string, settings: CheckSettings | undefined): Checked {
  const platform = loadPlatform(app);
  return { objects: collectObjects(platform), known: platformCheck(app, platform, settings) };
}

/** The objects of plain files. Each file is a phase of its own, by its name. */
function objectsOfFiles(paths: readonly string[], settings: CheckSettings = NO_SETTINGS): Checked {
  const files = paths.flatMap(filesUnder);
  if (files.length === 0) throw new Error(`--from: there is no YAML file in ${paths.join(', ')}`);
  const read = files.map((file) => ({ file, ...readDocuments(readFileSync(file, 'utf8'), shown(file)) }));
  const width = String(files.length).length;
  const objects = read.flatMap(({ documents }, index) =>
    documents.map(({ manifest, source, text }) => ({
      manifest,
      source,
      text,
      phase: String(index).padStart(width, '0'),
    })),
  );
  const networking = carryingLayerIn(objects);
  const unreadable = read.flatMap(({ mistakes }) => mistakes);
  return { objects, known: { settings, unreadable, memory, ...(networking && { networking }) } };
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) throw new Error(`--from: ${path}: no such file or folder`);
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

const shown = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
};

function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('Write a date, for example 2027-01-31.');
  return date;
}
