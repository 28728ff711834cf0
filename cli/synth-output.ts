import type { ComponentSummary } from '../lib/releases/release';
import type { DistChanges } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import { jsonOfEach, linesOfEach } from './environments-output';
import { count, styled, table } from './terminal';

/** What was done for one platform. */
export interface Synthesis {
  /** Its environment, if there are several. */
  readonly environment: string | undefined;
  readonly components: readonly ComponentSummary[];
  readonly files: readonly RenderedFile[];
  readonly changes: DistChanges;
}

/** Whether the folder was not what the platform renders. */
export const isStale = ({ changes: { written, removed } }: Synthesis): boolean => written.length + removed.length > 0;

/** For programs. */
export const asJson = (done: readonly Synthesis[]): unknown =>
  jsonOfEach(done, ({ components, files, changes }) => ({
    components,
    files: files.map(({ name, objects }) => ({ name, objects })),
    ...changes,
  }));

/** For people. */
export const asText = (done: readonly Synthesis[], check: boolean): string[] =>
  linesOfEach(done, (one) => linesOf(one, check));

type State = 'written' | 'unchanged' | 'removed' | 'stale';

const STYLES = { written: 'green', unchanged: 'dim', removed: 'yellow', stale: 'red' } as const;

const RELEASE_NOTES = {
  embedded: 'constructs of this repository',
  vendored: "the release's own files",
  external: 'left out: it is to be installed by other means',
} as const;

/** Of more files than that, those that did not change are counted. */
const LISTED = 40;

function linesOf(synthesis: Synthesis, check: boolean): string[] {
  const { components, files, changes } = synthesis;
  const componentRows = components.map(({ name, release, version, note }) => [
    name,
    version ?? '-',
    release,
    note ?? RELEASE_NOTES[release],
  ]);
  const objects = new Map(files.map(({ name, objects = 0 }) => [name, objects]));
  const all = [...states(changes, check)];
  const listed = all.length > LISTED ? all.filter(([, state]) => state !== 'unchanged') : all;
  const fileRows = listed.map(([name, state]) => [
    name,
    state === 'removed' ? '-' : String(objects.get(name) ?? '-'),
    styled(STYLES[state], state, process.stdout),
  ]);
  const hidden = all.length - listed.length;
  const sum = [...objects.values()].reduce((total, number) => total + number, 0);
  const stale = check && isStale(synthesis) ? '; not what the platform renders: run npm run synth' : '';
  return [
    ...table([['COMPONENT', 'VERSION', 'RELEASE', ''], ...componentRows]),
    '',
    ...table([['FILE', 'OBJECTS', 'STATE'], ...fileRows]),
    ...(hidden > 0 ? [`${count(hidden, 'file')} unchanged`] : []),
    '',
    `${count(sum, 'object')} in ${count(files.length, 'file')}${stale}`,
  ];
}

function states({ written, unchanged, removed }: DistChanges, check: boolean): Map<string, State> {
  return new Map(
    [
      ...written.map((name) => [name, check ? 'stale' : 'written'] as const),
      ...unchanged.map((name) => [name, 'unchanged'] as const),
      ...removed.map((name) => [name, check ? 'stale' : 'removed'] as const),
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
