import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readLock } from '../lib/releases/lock';
import { diff } from '../lib/review/diff';
import type { ReviewedObject } from '../lib/review/object-changes';
import { readRelease } from '../lib/review/release-objects';
import { inFiles } from '../lib/review/reviewed-files';
import type { DiffFormat } from './diff-output';
import { diffFormatOption, printDiff } from './diff-output';
import { fileNames, lockedComponent, releaseFolder } from './release-folder';

interface UpgradeOptions {
  readonly from?: string;
  readonly verbose: boolean;
  readonly output: DiffFormat;
}

const ROOT = resolve(__dirname, '..');
const VENDOR = join(ROOT, 'vendor');

export function upgradeReportCommand(): Command {
  return new Command('upgrade-report')
    .description("what is different between two releases of a component, in upstream's own files")
    .argument('<component>', 'a component of releases.lock.yaml')
    .argument('<from>', 'the version that is there')
    .argument('<to>', 'the version to go to')
    .option(
      '--from <folder>',
      'where the files are, at <component>/<version>/<file>; what is not there is looked for in vendor/',
    )
    .option('--verbose', 'list labels and texts too', false)
    .addOption(diffFormatOption())
    .addHelpText('after', '\nExit code: 0 the same, 1 different, 2 it could not be compared')
    .action((component: string, before: string, after: string, { from, verbose, output }: UpgradeOptions) => {
      const locked = lockedComponent(readLock(join(ROOT, 'releases.lock.yaml')), component);
      const objects = (version: string): ReviewedObject[] =>
        inFiles(readRelease(releaseFolder(component, locked, version, [from, VENDOR]), fileNames(locked)));
      const sides = { from: `${component} ${before}`, to: after };
      printDiff([{ environment: undefined, sides, diff: diff(objects(before), objects(after)) }], output, verbose);
    });
}
