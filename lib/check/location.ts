import type { Json, PlatformObject } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import type { Finding } from './finding';
import { parsePath } from './path';
import { linesOf } from './yaml-lines';

/** A line of a file. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** Tells in which line of which file findings are. */
export class Locator {
  private readonly starts = new Map<PlatformObject, Location>();

  /**
   * @param dist the folder of the files that the objects are rendered to; `undefined` for objects that were read from files, which are
   *   named by their own
   */
  constructor(objects: readonly PlatformObject[], dist: string | undefined) {
    if (dist === undefined) return;
    const lines = new Map<string, number>();
    for (const object of objects) {
      const line = lines.get(object.phase) ?? 1;
      this.starts.set(object, { file: `${dist}/${object.phase}.yaml`, line });
      // A line with --- is between two documents.
      lines.set(object.phase, line + (textOf(object).match(/\n/g)?.length ?? 0) + 1);
    }
  }

  /** Where a finding is: the line of what its path names, or of the nearest thing around it. */
  locate({ subject, source, path }: Finding): Location {
    const [, file = source, line = '1'] = /^(.*):(\d+)$/.exec(source) ?? [];
    if (subject === undefined) return { file, line: Number(line) };
    const { root, named } = linesOf(textOf(subject), parsePath(path));
    const start = this.starts.get(subject);
    // The source is the line of the first key, the start that of the whole text.
    if (start === undefined) return { file, line: Number(line) + named - root };
    return { file: start.file, line: start.line + named - 1 };
  }
}

const textOf = ({ text, manifest }: PlatformObject): string => text ?? toYaml(manifest as Json);
