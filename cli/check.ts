import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CheckResult } from '../lib/check/check';
import { check } from '../lib/check/check';
import { Locator } from '../lib/check/location';
import { githubOf } from '../lib/check/output/github';
import { jsonOf } from '../lib/check/output/json';
import { sarifOf } from '../lib/check/output/sarif';
import { textOf } from '../lib/check/output/text';
import type { CarryingLayer } from '../lib/check/rule';
import { RULES } from '../lib/check/rules';
import { waiverUnused } from '../lib/check/rules/waiver-unused';
import type { CheckSettings } from '../lib/check/settings';
import { NO_SETTINGS } from '../lib/check/settings';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import type { Mistake } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import { readDocuments } from '../lib/releases/documents';
import { readCheckSettings } from './check-settings';
import { carryingLayerIn } from './carrying-layer';
import { loadPlatform } from './load';
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
  const { objects, unreadable, networking } = from === undefined ? objectsOfApp(app) : objectsOfFiles(from);
  const settings =
    config === undefined ? (from === undefined ? projectSettings(app) : NO_SETTINGS) : readCheckSettings(config);
  const result = check(objects, { now, settings, unreadable, ...(networking && { networking }) });
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

/** What `check.yaml` says that is nearest to an app's file, beside it or in a folder above; nothing if there is none. */
export function projectSettings(app: string): CheckSettings {
  for (let folder = dirname(resolve(app)); ; folder = dirname(folder)) {
    const file = join(folder, 'check.yaml');
    if (existsSync(file)) return readCheckSettings(file);
    if (dirname(folder) === folder) return NO_SETTINGS;
  }
}

/** The networking layer of a platform, as rules know it. */
export function carryingLayer({ networking: { name, limits } }: Platform): CarryingLayer {
  return { name, limits };
}

/**
 * What keeps a platform from being written: the errors of its objects. The clock plays no part, and a waiver that is no longer needed
 * keeps nothing from being written.
 */
export function errorsBeforeWriting(app: string, platform: Platform, objects: readonly PlatformObject[]): Mistake[] {
  const settings = projectSettings(app);
  const stopping = RULES.filter(
    ({ id, severity }) => (settings.severities[id] ?? severity) === 'error' && id !== waiverUnused.id,
  );
  const { findings } = check(objects, { settings, networking: carryingLayer(platform), rules: stopping });
  return findings.map(({ rule, source, object, path, message }) => ({
    where: source,
    message: `${object}: ${path === '' ? '' : `${path}: `}${message} (docs/rules/${rule}.md)`,
  }));
}

/** What is checked: objects, and what besides them is known. */
interface Checked {
  readonly objects: readonly PlatformObject[];
  readonly unreadable: readonly Mistake[];
  readonly networking?: CarryingLayer;
}

function objectsOfApp(app: string): Checked {
  const platform = loadPlatform(app);
  return { objects: collectObjects(platform), unreadable: [], networking: carryingLayer(platform) };
}

/** The objects of plain files. Each file is a phase of its own, by its name. */
function objectsOfFiles(paths: readonly string[]): Checked {
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
  return { objects, unreadable: read.flatMap(({ mistakes }) => mistakes), ...(networking && { networking }) };
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
