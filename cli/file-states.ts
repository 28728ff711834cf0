import type { DistChanges } from '../lib/render/dist';
import { styled } from './terminal';

/** How a file of a folder stands: with `--check` what would be written or removed is stale. */
type FileState = 'written' | 'unchanged' | 'removed' | 'stale';

const STYLES = { written: 'green', unchanged: 'dim', removed: 'yellow', stale: 'red' } as const;

/** Whether a folder is not what it would be after writing. */
export const isStale = ({ written, removed }: DistChanges): boolean => written.length + removed.length > 0;

/** The files of a folder in the order of their names, each with its state. */
export function fileStates(
  { written, unchanged, removed }: DistChanges,
  check: boolean,
): (readonly [string, FileState])[] {
  return [
    ...written.map((name) => [name, check ? 'stale' : 'written'] as const),
    ...unchanged.map((name) => [name, 'unchanged'] as const),
    ...removed.map((name) => [name, check ? 'stale' : 'removed'] as const),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const styledState = (state: FileState): string => styled(STYLES[state], state, process.stdout);
