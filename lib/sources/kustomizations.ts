import { basename, dirname } from 'node:path';
import { entryOf } from '../objects/entry-of';
import { readYaml } from '../yaml/stream';
import { fileText } from './file-text';
import type { FoundFile } from './find-files';
import type { References } from './kustomization';
import { isComponent, isKustomization, referencesOf } from './kustomization';
import { isKustomizationName } from './named-files';

/** The kustomizations among some files, each by its folder without links. */
export class Kustomizations {
  /** Those that no other one names: what they make is what is applied. */
  readonly roots: readonly string[];

  /** Components that no kustomization names. They make nothing by themselves. */
  readonly looseComponents: readonly string[];

  private readonly folders: ReadonlyMap<string, boolean>;
  private readonly references = new Map<string, References>();
  private readonly all = new Map<string, References>();
  private readonly namedFiles: ReadonlySet<string>;

  constructor(files: readonly FoundFile[]) {
    this.folders = new Map(
      files.flatMap(({ path, real }) => {
        const found = isKustomizationName(basename(path)) ? contentOf(path) : undefined;
        return found === undefined || !isKustomization(found.value) ? [] : [[dirname(real), isComponent(found.value)]];
      }),
    );
    const folders = [...this.folders.keys()];
    this.namedFiles = new Set(folders.flatMap((folder) => this.allOf(folder).files));
    const named = new Set(folders.flatMap((one) => this.allOf(one).folders.filter((other) => other !== one)));
    this.looseComponents = folders.filter((folder) => this.folders.get(folder) === true && !named.has(folder));
    this.roots = this.rootsAmong(
      folders.filter((folder) => this.folders.get(folder) === false),
      named,
    );
  }

  /** Whether a folder is one. */
  has(folder: string): boolean {
    return this.folders.has(folder);
  }

  /** Whether a file is what one of them is made of. */
  names(file: string): boolean {
    return this.namedFiles.has(file);
  }

  /** Whether a folder is one of them, or below one. */
  covers(folder: string): boolean {
    for (let above = folder; this.folders.size > 0; above = dirname(above)) {
      if (this.folders.has(above)) return true;
      if (dirname(above) === above) return false;
    }
    return false;
  }

  /** What one names, with what those name in turn. */
  allOf(folder: string): References {
    return entryOf(this.all, folder, () => this.closureOf(folder));
  }

  private closureOf(folder: string): References {
    const [folders, files, remote] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const open = [folder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const named = entryOf(this.references, next, () => referencesOf(next));
      named.files.forEach((file) => files.add(file));
      named.remote.forEach((one) => remote.add(one));
      for (const one of named.folders.filter((other) => !folders.has(other))) {
        folders.add(one);
        open.push(one);
      }
    }
    return { folders: [...folders], files: [...files], remote: [...remote] };
  }

  /** Those that nobody names, and of those that name each other in a circle the first, so that kubectl says so. */
  private rootsAmong(folders: readonly string[], named: ReadonlySet<string>): string[] {
    const roots = folders.filter((folder) => !named.has(folder));
    const covered = new Set(roots.flatMap((root) => [root, ...this.allOf(root).folders]));
    for (const folder of folders.filter((one) => !covered.has(one))) {
      if (covered.has(folder)) continue;
      roots.push(folder);
      this.allOf(folder).folders.forEach((one) => covered.add(one));
    }
    return roots;
  }
}

/** The first document of a file, if it can be read. */
function contentOf(path: string): { readonly value: unknown } | undefined {
  const read = fileText(path);
  return 'text' in read ? readYaml(read.text).documents[0] : undefined;
}
