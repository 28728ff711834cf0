import { join } from 'node:path';
import type { LockedComponent, LockedFile } from './lock';

/** Whether a mirror is reached over HTTP; otherwise it is a folder. */
export function isRemote(mirror: string): boolean {
  return /^https?:\/\//.test(mirror);
}

/**
 * The folders of a component's version in a mirror, from the mirror's root: by the name of the lock, then by the component's, so that the
 * `vendor/` of another machine is a mirror as well. A mirror may call a minor version's first release by the minor version: `1.23` for 1.23.0.
 */
export function mirrorFolders(
  component: string,
  { mirror: folder, version }: Pick<LockedComponent, 'mirror' | 'version'>,
): (readonly [folder: string, version: string])[] {
  const names = [...new Set([folder, component])];
  const versions = [version, ...(/^\d+\.\d+\.0$/.test(version) ? [version.slice(0, -2)] : [])];
  return versions.flatMap((each) => names.map((name) => [name, each] as const));
}

/** Where a file stands in a mirror: `<mirror>/<folder>/<version>/<file>`. */
export function mirrorPlaces(
  mirror: string,
  component: string,
  locked: LockedComponent,
  { name }: LockedFile,
): string[] {
  return mirrorFolders(component, locked).map(([folder, version]) =>
    isRemote(mirror)
      ? [mirror.replace(/\/+$/, ''), folder, encodeURIComponent(version), name].join('/')
      : join(mirror, folder, version, name),
  );
}
