import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformObject } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { readDocuments } from '../releases/documents';
import { PLATFORM_FILE } from '../render/dist';
import { fileText } from './file-text';
import { isYamlName } from './named-files';
import { shownPath } from './paths';

/** A file beside those of a platform. */
export interface NotRenderedFile {
  readonly name: string;

  /** What it holds, in a phase of its own by its name. */
  readonly objects: readonly PlatformObject[];

  /** What in it is no object. */
  readonly mistakes: readonly Mistake[];
}

/** Whether `kubectl apply -f` takes a file of that name from the platform's folder, though the platform does not render it. */
export const isNotRendered = (name: string): boolean => isYamlName(name) && !PLATFORM_FILE.test(name);

/**
 * The files of a folder that the platform does not render, and that `kubectl apply -f` on the folder applies all the same: YAML and JSON,
 * hidden files too, and nothing in folders within it. Source: cli-runtime 0.32, `pkg/resource/visitor.go`.
 */
export function notRenderedFiles(folder: string): NotRenderedFile[] {
  return namesIn(folder).map((name) => {
    const [path, shown] = [join(folder, name), shownPath(join(folder, name))];
    const read = fileText(path);
    if ('problem' in read) return { name, objects: [], mistakes: [{ where: shown, message: read.problem }] };
    const { documents, mistakes } = readDocuments(read.text, shown);
    const phase = name.replace(/\.\w+$/, '');
    const objects = documents.map(({ manifest, source, text, list }) => ({
      manifest,
      source,
      phase,
      ...(text !== undefined && { text }),
      ...(list !== undefined && { list }),
    }));
    if (documents.length === 0 && mistakes.length === 0)
      return {
        name,
        objects,
        mistakes: [{ where: shown, message: 'has no object, and kubectl apply -f stops at it' }],
      };
    return { name, objects, mistakes };
  });
}

function namesIn(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder)
    .filter((name) => isNotRendered(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true)
    .sort();
}
