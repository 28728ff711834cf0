import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Severity } from '../lib/check/finding';
import { SEVERITIES } from '../lib/check/finding';
import { RULES } from '../lib/check/rules';
import type { CheckSettings, Waiver } from '../lib/check/settings';
import type { JsonPath } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import { YamlReader } from '../lib/releases/yaml-reader';
import { nearest } from '../lib/syntax/nearest';
import { quote } from '../lib/syntax/quote';

const CHOICES: readonly string[] = [...SEVERITIES, 'off'];
const MATCHED = ['object', 'path', 'value'] as const;

/**
 * What a project's `check.yaml` says.
 *
 * @throws Mistakes of the file, each with its line
 * @throws Error if there is no such file
 */
export function readCheckSettings(file: string): CheckSettings {
  const name = relative(process.cwd(), file);
  if (!existsSync(file)) throw new Error(`${name}: no such file`);
  return checkSettingsIn(readFileSync(file, 'utf8'), name);
}

/**
 * What the text of a `check.yaml` says.
 *
 * @throws Mistakes of the file, each with its line
 */
export function checkSettingsIn(text: string, name: string): CheckSettings {
  const reader = new YamlReader(text, name);
  const settings = reader.content === undefined ? undefined : readContent(reader, name);
  if (reader.mistakes.length > 0 || settings === undefined) throw new Mistakes(reader.mistakes);
  return settings;
}

function readContent(reader: YamlReader, file: string): CheckSettings {
  // A file of comments alone.
  if (reader.content === null) return { severities: {}, waivers: [] };
  const { severities, images, waivers } = reader.fields([], reader.content, [], ['severities', 'images', 'waivers']);
  const allowed =
    images === undefined
      ? undefined
      : reader.list(['images', 'allowed'], reader.fields(['images'], images, ['allowed']).allowed);
  return {
    severities: readSeverities(reader, severities),
    ...(allowed && {
      allowedImages: allowed.flatMap(
        (prefix, index) => reader.text(['images', 'allowed', index], prefix, notEmpty) ?? [],
      ),
    }),
    waivers: reader
      .list(['waivers'], waivers)
      .flatMap((waiver, index) => readWaiver(reader, waiver, index, (path) => `${file}:${reader.lineOf(path)}`) ?? []),
  };
}

function readSeverities(reader: YamlReader, value: unknown): Record<string, Severity | 'off'> {
  if (value === undefined) return {};
  const found: Record<string, Severity | 'off'> = {};
  for (const [rule, severity] of Object.entries(reader.map(['severities'], value))) {
    const path = ['severities', rule];
    const problem = ruleProblem(rule);
    if (problem !== undefined) reader.report(path, problem);
    const word = reader.text(path, severity, severityProblem);
    if (word !== undefined) found[rule] = word as Severity | 'off';
  }
  return found;
}

function readWaiver(
  reader: YamlReader,
  value: unknown,
  index: number,
  sourceOf: (path: JsonPath) => string,
): Waiver | undefined {
  const path: JsonPath = ['waivers', index];
  const fields = reader.fields(path, value, ['rule', 'reason'], [...MATCHED, 'reportUnused']);
  const rule = reader.text([...path, 'rule'], fields.rule, ruleProblem);
  const reason = reader.text([...path, 'reason'], fields.reason, notEmpty);
  const reportUnused = reader.flag([...path, 'reportUnused'], fields.reportUnused);
  const matched = MATCHED.map((key) => [key, reader.text([...path, key], fields[key], notEmpty)] as const);
  const given = matched.filter(([, pattern]) => pattern !== undefined);
  if (given.length === 0) {
    reader.report(
      path,
      `waives the whole rule: name ${MATCHED.join(', ')} or several of them, or set the rule's severity to off`,
    );
  }
  if (rule === undefined || reason === undefined) return undefined;
  return {
    rule,
    reason,
    source: sourceOf(path),
    ...(reportUnused !== undefined && { reportUnused }),
    ...Object.fromEntries(given),
  };
}

function ruleProblem(rule: string): string | undefined {
  const ids = RULES.map(({ id }) => id);
  if (ids.includes(rule)) return undefined;
  const meant = nearest(rule, ids);
  return `${quote(rule)} is not a rule: ${meant === undefined ? 'use one of docs/rules/' : `did you mean ${quote(meant)}?`}`;
}

const severityProblem = (word: string): string | undefined =>
  CHOICES.includes(word) ? undefined : `${quote(word)} is not a severity: use ${CHOICES.join(', ')}`;

const notEmpty = (text: string): string | undefined => (text.trim() === '' ? 'is empty: write something' : undefined);
