import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { PlatformObject } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import { readDocuments } from '../lib/releases/documents';
import { PLATFORM_FILE } from '../lib/render/dist';
import { SECRETS_PHASE } from '../lib/cluster/phases';

/**
 * The objects of the platform's files in a folder, as they stand there.
 *
 * @throws Mistakes if there are none, or one cannot be read
 */
export function writtenObjects(folder: string): PlatformObject[] {
  const names = filesIn(folder, '--from').filter((name) => PLATFORM_FILE.test(name));
  if (names.length === 0) {
    const message = `there is no file of a platform in it, such as 60-services.yaml: render it with npm run synth`;
    throw new Mistakes([{ where: `--from ${folder}`, message }]);
  }
  return readAll(names.map((name) => ({ file: join(folder, name), phase: basename(name, '.yaml') })));
}

/**
 * The Secrets of a folder, which are not a part of what is rendered; none if it is not there. Folders within it are not looked into.
 *
 * @throws Mistakes if a file cannot be read, or holds something else
 */
export function secretObjects(folder: string): PlatformObject[] {
  if (!existsSync(folder)) return [];
  const files = filesIn(folder, '--secrets')
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .map((name) => ({ file: join(folder, name), phase: SECRETS_PHASE }));
  const objects = readAll(files);
  const others = objects.filter(({ manifest }) => manifest.kind !== 'Secret' || manifest.apiVersion !== 'v1');
  if (others.length > 0) {
    throw new Mistakes(
      others.map(({ manifest, source }) => ({
        where: source,
        message: `is a ${manifest.kind}: the folder of --secrets takes Secrets alone`,
      })),
    );
  }
  return objects;
}

function filesIn(folder: string, option: string): string[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) throw new Error(`${option}: ${folder}: no such folder`);
  return readdirSync(folder).sort();
}

function readAll(files: readonly { readonly file: string; readonly phase: string }[]): PlatformObject[] {
  const read = files.map(({ file, phase }) => ({ phase, ...readDocuments(readFileSync(file, 'utf8'), shown(file)) }));
  const mistakes = read.flatMap(({ mistakes }) => mistakes);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return read.flatMap(({ phase, documents }) => documents.map(({ manifest, source }) => ({ manifest, source, phase })));
}

const shown = (file: string): string => {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
};
