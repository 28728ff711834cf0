import { relative, sep } from 'node:path';
import { Mistakes } from '../objects/mistakes';
import { quote } from '../syntax/quote';

/** Where things are in a repository. */
export interface RepositoryPaths {
  /** The repository's root. */
  readonly root: string;

  /** The folder with the platform's files. */
  readonly dist: string;

  /** The folder that is written. */
  readonly folder: string;
}

/**
 * A folder as it is named from the repository's root, with slashes: `flux`.
 *
 * @throws Mistakes if it is not in the repository
 */
export function inRepository({ root }: RepositoryPaths, folder: string): string {
  const path = slashed(relative(root, folder));
  if (path === '' || path.startsWith('..')) {
    throw new Mistakes([
      {
        where: relative('', folder) || '.',
        message: `is no folder of the repository ${quote(root)}: what is applied from a repository must be in it`,
      },
    ]);
  }
  return path;
}

/** A file or folder as it is named from another folder, with slashes: `../../dist/10-crds.yaml`. */
export function fromFolder(folder: string, file: string): string {
  return slashed(relative(folder, file));
}

const slashed = (path: string): string => path.split(sep).join('/');
