import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import type { SettingProblems } from '../lib/gitops/settings';
import type { Mistake } from '../lib/objects/mistakes';
import { Mistakes } from '../lib/objects/mistakes';
import { YamlReader } from '../lib/releases/yaml-reader';
import type { RenderedFile } from '../lib/render/files';

/** The user's settings, beside what they are for. Flags are kept here, so that the next run needs none. */
const SETTINGS_FILE = 'settings.yaml';

const FIRST_LINES = '# Settings of this folder: flags change them, and so may you.\n';

/** What a folder's settings are to be, and the file that holds them. */
export interface FolderSettings<Choices> {
  readonly choices: Choices;

  /** @default - it holds them already, or there are none */
  readonly changed?: RenderedFile;
}

/**
 * The settings of a folder: what its `settings.yaml` says, and what flags say instead.
 *
 * @throws Mistakes of the file, each with its line, of flags, and of both together
 */
export function folderSettings<Choices extends Partial<Record<keyof Choices, string>>>(
  folder: string,
  flags: Choices,
  problems: SettingProblems<Choices>,
  together: (choices: Choices) => readonly string[],
): FolderSettings<Choices> {
  const file = join(folder, SETTINGS_FILE);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const known = Object.keys(problems) as (keyof Choices & string)[];
  const mistakes: Mistake[] = [];
  const kept = text === undefined ? {} : readSettings(text, relative('', file), known, problems, mistakes);
  const given = known.flatMap((setting) => (flags[setting] === undefined ? [] : [[setting, flags[setting]] as const]));
  for (const [setting, value] of given) {
    const problem = problems[setting](value);
    if (problem !== undefined) mistakes.push({ where: flagOf(setting), message: problem });
  }
  const choices = { ...kept, ...Object.fromEntries(given) } as Choices;
  if (mistakes.length === 0) {
    mistakes.push(...together(choices).map((message) => ({ where: relative('', file), message })));
  }
  if (mistakes.length > 0) throw new Mistakes(mistakes);

  const document = parseDocument(text ?? FIRST_LINES);
  const different = given.filter(([setting, value]) => document.get(setting) !== value);
  for (const [setting, value] of different) document.set(setting, value);
  return { choices, ...(different.length > 0 && { changed: { name: SETTINGS_FILE, text: document.toString() } }) };
}

function readSettings<Choices>(
  text: string,
  file: string,
  known: readonly (keyof Choices & string)[],
  problems: SettingProblems<Choices>,
  mistakes: Mistake[],
): Partial<Choices> {
  const reader = new YamlReader(text, file);
  const fields =
    reader.content === undefined || reader.content === null ? {} : reader.fields([], reader.content, [], known);
  const values = known.map((setting) => [setting, reader.text([setting], fields[setting], problems[setting])] as const);
  mistakes.push(...reader.mistakes);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Partial<Choices>;
}

/** `secretRef` is `--secret-ref`. */
const flagOf = (setting: string): string => `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
