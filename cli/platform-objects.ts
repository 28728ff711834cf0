import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PlatformObject } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import type { VendoredFile } from '../lib/releases/documents';
import { readDocuments } from '../lib/releases/documents';
import { PLATFORM_FILE } from '../lib/render/dist';
import { SECRETS_PHASE } from '../lib/cluster/phases';
import { fileText } from '../lib/sources/file-text';
import { findFiles } from '../lib/sources/find-files';
import { shownPath } from '../lib/sources/paths';

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

/** The names of the files in a folder, not below it, by the rules of every folder that is read. */
function filesIn(folder: string, option: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`${option}: ${folder}: no such folder`);
  const { files, mistakes } = findFiles(folder);
  const unread = mistakes.filter(({ where }) => dirname(where) === shownPath(folder));
  if (unread.length > 0) throw new Mistakes(unread);
  return files.flatMap(({ name = '' }) => (name.includes('/') ? [] : [name]));
}

function readAll(files: readonly { readonly file: string; readonly phase: string }[]): PlatformObject[] {
  const read = files.map(({ file, phase }) => ({ phase, ...objectsOf(file) }));
  const mistakes = read.flatMap(({ mistakes }) => mistakes);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return read.flatMap(({ phase, documents }) => documents.map(({ manifest, source }) => ({ manifest, source, phase })));
}

function objectsOf(file: string): VendoredFile {
  const read = fileText(file);
  if ('problem' in read) return { documents: [], mistakes: [{ where: shownPath(file), message: read.problem }] };
  return readDocuments(read.text, shownPath(file));
}
