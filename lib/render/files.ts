import type { Json, PlatformObject } from '../objects/manifest';
import { phaseFile } from '../objects/phase';
import { partsOf } from './parts';
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

/** The files of `dist/`, in the order in which kubectl applies them. */
export function renderFiles(
  objects: readonly PlatformObject[],
  { objectsPerFile = 250 }: FileOptions = {},
): RenderedFile[] {
  const phases = new Map<string, PlatformObject[]>();
  for (const object of objects) {
    const phase = phases.get(object.phase);
    if (phase === undefined) phases.set(object.phase, [object]);
    else phase.push(object);
  }
  return [...phases]
    .flatMap(([phase, all]) =>
      phase === GROWING
        ? [...partsOf(all, objectsPerFile)].map(([part, some]) =>
            fileOf(part === '' ? phase : `${phase}.${part}`, some),
          )
        : [fileOf(phase, all)],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fileOf(name: string, objects: readonly PlatformObject[]): RenderedFile {
  const texts = objects.map(({ text, manifest }) => text ?? toYaml(manifest as Json));
  return { name: `${name}.yaml`, text: texts.join(SEPARATOR), objects: objects.length };
}
