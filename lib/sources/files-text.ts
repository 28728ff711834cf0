import type { ReadFiles } from './read-sources';

const MOST = 5;

/** Which files were read and which were not, in one line: `12 files read, 1 kustomization built; left out: vendor, .github`. */
export function filesText({ read, built, leftOut, withoutObjects }: ReadFiles): string {
  return [
    `${count(read, 'file')} read${built.length === 0 ? '' : `, ${count(built.length, 'kustomization')} built: ${named(built)}`}`,
    ...(leftOut.length === 0 ? [] : [`left out: ${named(leftOut)}`]),
    ...(withoutObjects.length === 0 ? [] : [`without objects: ${named(withoutObjects)}`]),
  ].join('; ');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const named = (paths: readonly string[]): string =>
  [...paths.slice(0, MOST), ...(paths.length > MOST ? [`${paths.length - MOST} more`] : [])].join(', ');
