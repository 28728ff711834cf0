import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Lock, LockedComponent } from '../lib/releases/lock';
import { mirrorFolders } from '../lib/releases/mirror';

/** @throws Error if the lock has no such component */
export function lockedComponent(lock: Lock, name: string): LockedComponent {
  const locked = lock.components[name];
  if (locked === undefined) {
    throw new Error(`"${name}" is no component of releases.lock.yaml: use ${Object.keys(lock.components).join(', ')}`);
  }
  return locked;
}

/**
 * Where a version's files stand: the first of some places that has them all, in a folder by the component's name or by that in mirrors.
 *
 * @throws Error if none has
 */
export function releaseFolder(
  name: string,
  locked: LockedComponent,
  version: string,
  places: readonly (string | undefined)[],
): string {
  const given = places.filter((place) => place !== undefined);
  const folders = given.flatMap((place) => mirrorFolders(resolve(place), name, { ...locked, version }));
  const found = folders.find((folder) => fileNames(locked).every((file) => existsSync(join(folder, file))));
  if (found !== undefined) return found;
  throw new Error(
    `${name} ${version}: its files (${fileNames(locked).join(', ')}) are not all in ${folders.map(shortPath).join(' or ')}: ${
      version === locked.version ? 'run npm run vendor, or ' : ''
    }name a folder that has them with --from`,
  );
}

export const fileNames = ({ files }: LockedComponent): string[] => files.map(({ name }) => name);

/** A path from here, where it is below. */
export const shortPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};
