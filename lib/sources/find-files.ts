import type { Dirent } from 'node:fs';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Mistake } from '../objects/mistakes';
import { isKustomizationName, isLeftOutFolder, isYamlName } from './named-files';
import { isWithin, shownPath } from './paths';

/** A file that was found. */
export interface FoundFile {
  /** Where it was found. */
  readonly path: string;

  /** Where it is, without links. */
  readonly real: string;

  /** Its name within the folder that was named: `team-a/web.yaml`. @default - it was named itself */
  readonly name?: string;
}

/** The files of a folder. */
export interface FoundFiles {
  /** In the order in which `kubectl apply --recursive` takes them. */
  readonly files: readonly FoundFile[];

  /** The folders that were left out, as they are shown. */
  readonly leftOut: readonly string[];

  /** What kubectl would read, and is not read here. */
  readonly mistakes: readonly Mistake[];

  /** What is not followed, as kubectl does not follow it. */
  readonly notes: readonly Mistake[];
}

/**
 * The files that a path names: itself, or all YAML files in and below it.
 *
 * @throws Error if it is not there
 */
export function findFiles(path: string): FoundFiles {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`${shownPath(path)}: no such file or folder`);
  if (!found.isDirectory()) return { files: [{ path, real: realOf(path) }], leftOut: [], mistakes: [], notes: [] };
  const real = realpathSync.native(path);
  const walk = new Walk(real);
  walk.folder(path, '');
  const { leftOut, mistakes, notes } = walk;
  return { files: walk.files(), leftOut, mistakes, notes };
}

/** A file, or a link of which it is to be seen where it leads. */
interface Entry {
  readonly path: string;
  readonly name: string;
  readonly isLink: boolean;
}

class Walk {
  readonly leftOut: string[] = [];
  readonly mistakes: Mistake[] = [];
  readonly notes: Mistake[] = [];
  private readonly found: Entry[] = [];

  /** @param real where the folder is, without links */
  constructor(private readonly real: string) {}

  folder(path: string, name: string): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      this.mistakes.push({ where: shownPath(path), message: `cannot be read: ${codeOf(error)}` });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries)
      this.entry(entry, join(path, entry.name), name === '' ? entry.name : `${name}/${entry.name}`);
  }

  private entry(entry: Dirent, path: string, name: string): void {
    const isNamed = isYamlName(entry.name) || isKustomizationName(entry.name);
    if (entry.isDirectory()) {
      if (isLeftOutFolder(entry.name)) this.leftOut.push(shownPath(path));
      else this.folder(path, name);
    } else if (entry.isSymbolicLink()) this.found.push({ path, name, isLink: true });
    else if (!isNamed) return;
    else if (entry.isFile()) this.found.push({ path, name, isLink: false });
    else this.refuse(path, `is ${kindOf(entry)}, and is not read`);
  }

  /** The files, and of links those that lead to a file of the folder which is not among them anyway. */
  files(): FoundFile[] {
    const known = new Set(this.found.filter(({ isLink }) => !isLink).map(({ name }) => join(this.real, name)));
    return this.found.flatMap(({ path, name, isLink }) => {
      const real = isLink ? this.targetOf(path) : join(this.real, name);
      if (real === undefined || (isLink && known.has(real))) return [];
      known.add(real);
      return [{ path, real, name }];
    });
  }

  /** The file that a link leads to; `undefined` of one that is not to be read, of which it is told if it matters. */
  private targetOf(path: string): string | undefined {
    const isNamed = isYamlName(path) || isKustomizationName(basename(path));
    let target: string;
    try {
      target = realpathSync.native(path);
    } catch (error) {
      const circle = codeOf(error) === 'ELOOP';
      if (circle || isNamed)
        this.refuse(path, circle ? 'is a link that leads around in a circle' : 'is a link that leads nowhere');
      return undefined;
    }
    const isInside = isWithin(target, this.real);
    const found = statSync(target);
    if (found.isDirectory()) {
      if (isLeftOutFolder(basename(path))) this.leftOut.push(shownPath(path));
      else if (isWithin(realpathSync.native(dirname(path)), target))
        this.note(path, 'is a link that leads around in a circle, and is not followed');
      else if (!isInside)
        this.note(
          path,
          `is a link that leads out of the folder, and is not followed: name ${target} as well if its files count`,
        );
      return undefined;
    }
    if (!isNamed) return undefined;
    if (!isInside)
      this.refuse(path, `is a link that leads out of the folder, and is not followed: name ${target} itself`);
    else if (!found.isFile()) this.refuse(path, `leads to ${kindOf(found)}, and is not read`);
    else return target;
    return undefined;
  }

  private refuse(path: string, message: string): void {
    this.mistakes.push({ where: shownPath(path), message });
  }

  private note(path: string, message: string): void {
    this.notes.push({ where: shownPath(path), message });
  }
}

/** Where a file is; of what a shell has opened for `<(...)`, which is nowhere, its path. */
function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}

/** What is neither a file nor a folder, in words. */
function kindOf(entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): string {
  if (entry.isFIFO()) return 'a named pipe';
  return entry.isSocket() ? 'a socket' : 'a device';
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
