import type { Json, PlatformObject } from '../objects/manifest';
import { toYaml } from './yaml';

/** A file of `dist/`: its name and its text. */
export interface RenderedFile {
  readonly name: string;
  readonly text: string;
}

const SEPARATOR = '---\n';

/** The files of `dist/`, in the order in which kubectl applies them. */
export function renderFiles(objects: readonly PlatformObject[]): RenderedFile[] {
  const documents = new Map<string, string[]>();
  for (const object of objects) {
    const file = documents.get(object.phase) ?? [];
    file.push(object.text ?? toYaml(object.manifest as Json));
    documents.set(object.phase, file);
  }
  return [...documents]
    .map(([phase, texts]) => ({ name: `${phase}.yaml`, text: texts.join(SEPARATOR) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
