import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Lock, LockedComponent } from '../lib/releases/lock';
import { readLock } from '../lib/releases/lock';
import { EMBEDDED_RELEASES, objectsOf } from '../lib/review/embedded-releases';
import type { ReleaseObject } from '../lib/review/release-objects';
import { otherFiles, readRelease } from '../lib/review/release-objects';
import { caOf } from '../lib/review/release-trust';
import { pathText } from '../lib/review/path';
import { isParity, parity } from '../lib/review/parity';
import { versionDiff } from '../lib/review/version-diff';
import type { ComparedRelease } from './parity-text';
import { parityText, versionDiffText } from './parity-text';
import { referenceObjects } from './reference-platform';

interface ParityOptions {
  readonly component?: readonly string[];
  readonly between?: readonly string[];
  readonly from?: string;
  readonly output: 'text' | 'json';
  readonly verbose: boolean;
}

const ROOT = resolve(__dirname, '..');
const VENDOR = join(ROOT, 'vendor');

export function parityCommand(): Command {
  return new Command('parity')
    .description('compare the embedded releases with the real ones, object by object')
    .option('--component <names...>', 'these components alone')
    .option(
      '--between <component and versions...>',
      'what has changed between two real versions: --between knative-serving 1.22.1 1.23.0',
    )
    .option(
      '--from <folder>',
      'where the real files are, at <component>/<version>/<file>; default: vendor/, where --between looks too',
    )
    .option('--verbose', 'show each difference that is meant, and all changes between versions', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was found').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 nothing differs but what is meant, 1 something does, 2 it could not be compared',
    )
    .action((options: ParityOptions) => {
      const same = options.between === undefined ? compareEmbedded(options) : compareVersions(options, options.between);
      if (!same) process.exitCode = 1;
    });
}

function compareEmbedded({ component: names, from, output, verbose }: ParityOptions): boolean {
  const known = EMBEDDED_RELEASES.map(({ component }) => component);
  for (const name of names ?? []) {
    if (!known.includes(name)) throw new Error(`--component: "${name}" is not embedded: use ${known.join(', ')}`);
  }
  const lock = readLock(join(ROOT, 'releases.lock.yaml'));
  const found = EMBEDDED_RELEASES.filter(({ component }) => names?.includes(component) ?? true).map((release) => {
    const locked = lockedComponent(lock, release.component);
    const folder = releaseFolder(release.component, locked, locked.version, [from ?? VENDOR]);
    return { release, locked, folder, real: readRelease(folder, fileNames(locked)) };
  });
  const platform = referenceObjects(caOf(found.flatMap(({ real }) => real)));
  const releases = found.map(({ release, locked, folder, real }): ComparedRelease => {
    const compared = parity(objectsOf(release, platform, real), real, release.meant);
    return {
      component: release.component,
      version: locked.version,
      folder: shortPath(folder),
      otherFiles: otherFiles(folder, locked.files),
      ...compared,
    };
  });
  const same = releases.every((release) => isParity(release) && release.otherFiles.length === 0);
  process.stdout.write(
    output === 'json' ? `${JSON.stringify(parityJson(same, releases), null, 2)}\n` : parityText(releases, verbose),
  );
  return same;
}

function compareVersions({ component, from, output, verbose }: ParityOptions, given: readonly string[]): boolean {
  const [name, ...versions] = given;
  const [before, after] = versions;
  if (component !== undefined) throw new Error('--component: --between names the component itself: leave it out');
  if (name === undefined || before === undefined || after === undefined || versions.length > 2) {
    throw new Error(
      `--between: "${given.join(' ')}" is not a component and two versions: write for example --between knative-serving 1.22.1 1.23.0`,
    );
  }
  const locked = lockedComponent(readLock(join(ROOT, 'releases.lock.yaml')), name);
  const objects = (version: string): ReleaseObject[] =>
    readRelease(releaseFolder(name, locked, version, [from, VENDOR]), fileNames(locked));
  const changes = versionDiff(objects(before), objects(after));
  const compared = { component: name, from: before, to: after, changes };
  const json = { ...compared, changes: changes.map((change) => ({ ...change, path: pathText(change.path) })) };
  process.stdout.write(output === 'json' ? `${JSON.stringify(json, null, 2)}\n` : versionDiffText(compared, verbose));
  return changes.length === 0;
}

/** Of what is meant the places and the reasons: the values are whole schemas. */
function parityJson(same: boolean, releases: readonly ComparedRelease[]): object {
  return {
    same,
    releases: releases.map(({ objects, ...release }) => ({
      ...release,
      objects: objects.map((object) => ({
        ...object,
        differences: object.differences.map((difference) => ({ ...difference, path: pathText(difference.path) })),
        meant: object.meant.map(({ path, kind, reason }) => ({ path: pathText(path), kind, reason })),
      })),
    })),
  };
}

function lockedComponent(lock: Lock, name: string): LockedComponent {
  const locked = lock.components[name];
  if (locked === undefined) {
    throw new Error(`"${name}" is no component of releases.lock.yaml: use ${Object.keys(lock.components).join(', ')}`);
  }
  return locked;
}

/** Where a version's files stand: the first of some places that has them all, in a folder by the component's name or by that in mirrors. */
function releaseFolder(
  name: string,
  locked: LockedComponent,
  version: string,
  places: readonly (string | undefined)[],
): string {
  const given = places.filter((place) => place !== undefined);
  const folders = given.flatMap((place) =>
    [...new Set([locked.mirror, name])].map((component) => resolve(place, component, version)),
  );
  const found = folders.find((folder) => fileNames(locked).every((file) => existsSync(join(folder, file))));
  if (found !== undefined) return found;
  throw new Error(
    `${name} ${version}: its files (${fileNames(locked).join(', ')}) are not all in ${folders.map(shortPath).join(' or ')}: ${
      version === locked.version ? 'run npm run vendor, or ' : ''
    }name a folder that has them with --from`,
  );
}

const fileNames = ({ files }: LockedComponent): string[] => files.map(({ name }) => name);

const shortPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};
