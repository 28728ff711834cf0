import type { Json, ListPlace, PlatformObject } from '../objects/manifest';
import type { FileObjects } from '../render/files';
import { toYaml } from '../render/yaml';
import type { Finding } from './finding';
import { parsePath } from '../objects/json-path';
import { linesOf } from '../yaml/lines';

/** A line of a file. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** Tells in which line of which file findings are. */
export class Locator {
  private readonly starts = new Map<PlatformObject, Location>();

  /**
   * @param files those that objects are rendered to, with their folders in their names. Objects that are in none of them were read from
   *   files, which their sources name.
   */
  constructor(files: readonly FileObjects[] = []) {
    for (const { name: file, objects } of files) {
      let line = 1;
      for (const object of objects) {
        this.starts.set(object, { file, line });
        // A line with --- is between two documents.
        line += (textOf(object).match(/\n/g)?.length ?? 0) + 1;
      }
    }
  }

  /** Where a finding is: the line of what its path names, or of the nearest thing around it. */
  locate({ subject, source, path }: Finding): Location {
    const [, file = source, line = '1'] = /^(.*):(\d+)$/.exec(source) ?? [];
    if (subject === undefined) return { file, line: Number(line) };
    const start = this.starts.get(subject);
    // The start is the line of the whole text, the source that of the first key.
    if (start !== undefined) return { file: start.file, line: start.line + lineIn(textOf(subject), path) - 1 };
    const place = placeOf(subject);
    if (place === undefined) return { file, line: Number(line) };
    const first = linesOf(place.text, place.path).named;
    return { file, line: Number(line) + linesOf(place.text, [...place.path, ...parsePath(path)]).named - first };
  }
}

const lineIn = (text: string, path: string): number => linesOf(text, parsePath(path)).named;

/** Where an object stands that was read; `undefined` of one that stands nowhere as it is. */
const placeOf = ({ text, list }: PlatformObject): ListPlace | undefined =>
  list ?? (text === undefined ? undefined : { text, path: [] });

const textOf = ({ text, manifest }: PlatformObject): string => text ?? toYaml(manifest as Json);
