import { join } from 'node:path';
import type { LockedComponent, LockedFile } from './lock';

/** Whether a mirror is reached over HTTP; otherwise it is a folder. */
export function isRemote(mirror: string): boolean {
  return /^https?:\/\//.test(mirror);
}

/**
 * Where a file stands in a mirror: `<mirror>/<folder>/<version>/<file>` with the folder of the lock, then with the component's name, so that
 * the `vendor/` of another machine is a mirror as well.
 */
export function mirrorPlaces(
  mirror: string,
  component: string,
  { mirror: folder, version }: LockedComponent,
  { name }: LockedFile,
): string[] {
  const place = (first: string): string =>
    isRemote(mirror)
      ? [mirror.replace(/\/+$/, ''), first, encodeURIComponent(version), name].join('/')
      : join(mirror, first, version, name);
  return [...new Set([place(folder), place(component)])];
}
