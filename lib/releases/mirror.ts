import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedComponent, LockedFile } from './lock';

/** Whether a mirror is reached over HTTP; otherwise it is a folder. */
export function isRemote(mirror: string): boolean {
  return /^https?:\/\//.test(mirror);
}

/**
 * The folders that a component's version can have in a mirror, from the mirror's root: by the name of the lock, then by the component's, so that
 * the `vendor/` of another machine is a mirror as well.
 */
function versionFolders(component: string, { mirror: folder, version }: Mirrored): (readonly [string, string])[] {
  return [...new Set([folder, component])].map((name) => [name, version] as const);
}

type Mirrored = Pick<LockedComponent, 'mirror' | 'version'>;

/**
 * The folders that a component's version has in a mirror that is a folder. Where it has one by a minor version, that stands for the first
 * release of it: `1.23` for 1.23.0.
 */
export function mirrorFolders(mirror: string, component: string, locked: Mirrored): string[] {
  const { version } = locked;
  const minor = /^\d+\.\d+(?=\.0$)/.exec(version)?.[0];
  const folders = (of: string): string[] =>
    versionFolders(component, { ...locked, version: of }).map((path) => join(mirror, ...path));
  return [...folders(version), ...(minor === undefined ? [] : folders(minor).filter((folder) => existsSync(folder)))];
}

/** Where a file stands in a mirror: `<mirror>/<folder>/<version>/<file>`. */
export function mirrorPlaces(
  mirror: string,
  component: string,
  locked: LockedComponent,
  { name }: LockedFile,
): string[] {
  if (!isRemote(mirror)) return mirrorFolders(mirror, component, locked).map((folder) => join(folder, name));
  return versionFolders(component, locked).map(([folder, version]) =>
    [mirror.replace(/\/+$/, ''), folder, encodeURIComponent(version), name].join('/'),
  );
}
