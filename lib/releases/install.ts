import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BroughtFile, WantedFile } from './bring';
import { labelOf } from './bring';
import type { Lock, LockedComponent } from './lock';
import { vendorFolder } from './lock';
import type { ComponentRecord } from './record';
import { recordInLock } from './record';
import type { Staging } from './staging';

/** A file that came. */
export interface Brought {
  readonly wanted: WantedFile;
  readonly file: BroughtFile;
}

/** A sum that the lock did not have, or had otherwise. */
export interface RecordedSum {
  /** `<component>/<version>/<file>` */
  readonly file: string;

  readonly sha256: string;

  /**
   * The sum that stood in the lock.
   *
   * @default - none
   */
  readonly before?: string;
}

/**
 * When all files are there: moves them to `vendor/`, records in the lock what it did not say, and removes the files of versions that were moved
 * from. If a file or the lock cannot be written, all is as it was.
 */
export function install(root: string, staging: Staging, pinned: Lock, brought: readonly Brought[]): RecordedSum[] {
  const moves = brought.flatMap(({ file }) => file.staged);
  const before = readFileSync(pinned.file, 'utf8');
  const after = recordInLock(before, recordsOf(brought));
  // The lock is last: it never names what is not there.
  if (after !== before) moves.push({ from: staging.write('lock', after), to: pinned.file });
  const left = [...versionsOf(brought)].flatMap(([component, version]) => {
    const locked = pinned.components[component];
    return locked === undefined || locked.version === version ? [] : [{ component, locked }];
  });
  staging.change({
    what: 'npm run vendor',
    moves,
    removed: left.flatMap(({ component, locked }) => vendoredFiles(root, component, locked)),
    emptied: left.map(({ component, locked }) => vendorFolder(root, component, locked.version)),
  });
  return brought.flatMap((one) => recordedSums(one, pinned));
}

/** What the lock is to say: all files of a component are brought, so they stand in its order. */
function recordsOf(brought: readonly Brought[]): ComponentRecord[] {
  return [...versionsOf(brought)].map(([component, version]) => ({
    component,
    version,
    files: brought.filter(({ wanted }) => wanted.component === component).map(({ file }) => file),
  }));
}

function versionsOf(brought: readonly Brought[]): Map<string, string> {
  return new Map(brought.map(({ wanted }) => [wanted.component, wanted.release.version]));
}

function recordedSums({ wanted, file }: Brought, pinned: Lock): RecordedSum[] {
  const before = pinned.components[wanted.component];
  const same = before?.version === wanted.release.version;
  const locked = same ? before.files.find(({ name }) => name === wanted.file.name) : undefined;
  const sums = [
    { name: wanted.file.name, now: file.sha256, then: locked?.sha256 },
    { name: wanted.file.chart?.archive ?? '', now: file.archive.sha256, then: locked?.chart?.sha256 },
  ];
  return sums.flatMap(({ name, now, then }) =>
    now === undefined || now === then
      ? []
      : [{ file: labelOf(wanted, name), sha256: now, ...(then === undefined ? {} : { before: then }) }],
  );
}

/** What vendoring brought. A user's own file there stays, and its folder with it. */
function vendoredFiles(root: string, component: string, { version, files }: LockedComponent): string[] {
  const folder = vendorFolder(root, component, version);
  return files
    .flatMap(({ name, chart }) => (chart === undefined ? [name] : [name, chart.archive]))
    .map((name) => join(folder, name));
}
