import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { readLock } from '../lib/releases/lock';
import { objectsOf } from '../lib/review/embedded-releases';
import { otherFiles, readRelease } from '../lib/review/release-objects';
import { caOf } from '../lib/review/release-trust';
import { pathText } from '../lib/review/path';
import { isParity, parity } from '../lib/review/parity';
import { FINDING, setExitCode } from './exit-code';
import type { ComparedRelease } from './parity-text';
import { parityLines } from './parity-text';
import { REFERENCES, referenceObjects } from './reference-platform';
import { fileNames, lockedComponent, releaseFolder, shortPath } from './release-folder';
import { print, printJson } from './terminal';

interface ParityOptions {
  readonly component?: readonly string[];
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
    .option('--from <folder>', 'where the real files are, at <component>/<version>/<file>; default: vendor/')
    .option('--verbose', 'show each difference that is meant', false)
    .addOption(
      new Option('-o, --output <format>', 'how to say what was found').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 nothing differs but what is meant, 1 something does, 2 it could not be compared',
    )
    .action((options: ParityOptions) => {
      if (!compareEmbedded(options)) setExitCode(FINDING);
    });
}

function compareEmbedded({ component: names, from, output, verbose }: ParityOptions): boolean {
  const known = REFERENCES.map(({ release }) => release.component);
  for (const name of names ?? []) {
    if (!known.includes(name)) throw new Error(`--component: "${name}" is not embedded: use ${known.join(', ')}`);
  }
  const lock = readLock(join(ROOT, 'releases.lock.yaml'));
  const chosen = REFERENCES.filter(({ release }) => names?.includes(release.component) ?? true);
  const found = chosen.map(({ release, ingress }) => {
    const locked = lockedComponent(lock, release.component);
    const folder = releaseFolder(release.component, locked, locked.version, [from ?? VENDOR]);
    return { release, ingress, locked, folder, real: readRelease(folder, fileNames(locked)) };
  });
  const ca = caOf(found.flatMap(({ real }) => real));
  const platforms = new Map(
    [...new Set(found.map(({ ingress }) => ingress))].map((ingress) => [ingress, referenceObjects(ingress, ca)]),
  );
  const releases = found.map(({ release, ingress, locked, folder, real }): ComparedRelease => {
    const compared = parity(objectsOf(release, platforms.get(ingress) ?? [], real), real, release.meant);
    return {
      component: release.component,
      version: locked.version,
      folder: shortPath(folder),
      otherFiles: otherFiles(folder, locked.files),
      ...compared,
    };
  });
  const same = releases.every((release) => isParity(release) && release.otherFiles.length === 0);
  if (output === 'json') printJson(parityJson(same, releases));
  else print(parityLines(releases, verbose));
  return same;
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
