import type { Json, PlatformObject } from '../objects/manifest';
import { phaseFile } from '../objects/phase';
import { grouped, partsOf } from './parts';
import { toYaml } from './yaml';

/** A file of `dist/`: its name and its text. */
export interface RenderedFile {
  readonly name: string;
  readonly text: string;

  /**
   * How many objects are in it.
   *
   * @default - not known
   */
  readonly objects?: number;
}

export interface FileOptions {
  /**
   * The most objects that a file of services holds. Where there are more, they are written in a file for each namespace, and those of a
   * namespace that has more in several.
   *
   * @default 250
   */
  readonly objectsPerFile?: number;
}

const SEPARATOR = '---\n';

/** What of a platform grows with its users. */
const GROWING = phaseFile('services');

/** A file of `dist/`, before its text is written. */
export interface FileObjects {
  readonly name: string;
  readonly objects: readonly PlatformObject[];
}

/** What the files of `dist/` hold, in the order in which kubectl applies them. */
export function filesOf(objects: readonly PlatformObject[], { objectsPerFile = 250 }: FileOptions = {}): FileObjects[] {
  return [...grouped(objects, ({ phase }) => phase)]
    .flatMap(([phase, all]) =>
      phase === GROWING
        ? [...partsOf(all, objectsPerFile)].map(([part, some]) => ({
            name: part === '' ? phase : `${phase}.${part}`,
            objects: some,
          }))
        : [{ name: phase, objects: all }],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, objects: some }) => ({ name: `${name}.yaml`, objects: some }));
}

/** The text of a file. */
export function textOf({ objects }: FileObjects): string {
  return objects.map(({ text, manifest }) => text ?? toYaml(manifest as Json)).join(SEPARATOR);
}

/** The files of `dist/`, in the order in which kubectl applies them. */
export const renderFiles = (objects: readonly PlatformObject[], options?: FileOptions): RenderedFile[] =>
  filesOf(objects, options).map((file) => ({ name: file.name, text: textOf(file), objects: file.objects.length }));
