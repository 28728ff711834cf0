import type { MeantPlace, StaleEntry } from '../lib/review/meant-differences';
import { differenceText } from '../lib/review/object-diff';
import type { ObjectParity, Parity, Result } from '../lib/review/parity';
import { count, table } from './terminal';

/** An embedded release beside the real one. */
export interface ComparedRelease extends Parity {
  readonly component: string;
  readonly version: string;

  /** Where the real one was read from. */
  readonly folder: string;

  /** Its files that are not those of the lock. */
  readonly otherFiles: readonly string[];
}

/** What the comparison of embedded releases has found. */
export function parityLines(releases: readonly ComparedRelease[], verbose: boolean): string[] {
  return releases.flatMap((release, index) => [...(index === 0 ? [] : ['']), ...releaseLines(release, verbose)]);
}

function releaseLines(release: ComparedRelease, verbose: boolean): string[] {
  const { component, version, folder, otherFiles, objects, stale } = release;
  const reasons = [...new Set(objects.flatMap(({ meant }) => meant.map(({ reason }) => reason)))];
  const rows = objects.flatMap((object) => objectRows(object, reasons, verbose));
  const parts = [
    [`${component} ${version}, embedded, beside ${folder}`],
    table([['OBJECT', 'RESULT', 'DIFFERENCES'], ...rows]),
    ...(reasons.length > 0 ? [meantTable(objects, reasons)] : []),
    ...(stale.length > 0 ? [staleTable(stale)] : []),
    ...otherFiles.map((file) => [`${file} is not the file that releases.lock.yaml pins`]),
    [`${component}: ${summary(objects, stale)}`],
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

function objectRows(
  { object, result, differences, meant }: ObjectParity,
  reasons: readonly string[],
  verbose: boolean,
): string[][] {
  const numbered = ({ reason }: MeantPlace): number => reasons.indexOf(reason) + 1;
  const numbers = [...new Set(meant.map(numbered))].sort((a, b) => a - b);
  const cells = [
    ...differences.map((difference) => differenceText(difference)),
    ...(verbose
      ? meant.map((place) => `(${numbered(place)}) ${differenceText(place)}`)
      : numbers.length > 0
        ? [`(${numbers.join(', ')})`]
        : []),
  ];
  const [first = '', ...others] = cells;
  return [[object, result, first], ...others.map((cell) => ['', '', cell])];
}

function meantTable(objects: readonly ObjectParity[], reasons: readonly string[]): string[] {
  const rows = reasons.map((reason, index) => {
    const places = objects.map(({ meant }) => meant.filter((place) => place.reason === reason).length);
    return [
      `(${index + 1})`,
      String(places.reduce((sum, number) => sum + number, 0)),
      String(places.filter((number) => number > 0).length),
      reason,
    ];
  });
  return table([['MEANT', 'PLACES', 'OBJECTS', 'BECAUSE'], ...rows]);
}

function staleTable(stale: readonly StaleEntry[]): string[] {
  const rows = stale.map(({ objects, path, reason }) => [objects, path || 'the object', reason]);
  return table([['MEANT, BUT NOT THERE', 'PATH', 'BECAUSE'], ...rows]);
}

const RESULTS: readonly Result[] = ['equal', 'meant', 'differs', 'missing', 'extra'];

function summary(objects: readonly ObjectParity[], stale: readonly StaleEntry[]): string {
  const counts = RESULTS.map((result) => `${objects.filter((object) => object.result === result).length} ${result}`);
  return [
    `${count(objects.length, 'object')}: ${counts.join(', ')}`,
    ...(stale.length > 0 ? [`${count(stale.length, 'meant difference')} not there any more`] : []),
  ].join('; ');
}
