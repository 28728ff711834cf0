import type { ComponentSummary } from '../lib/releases/release';
import type { DistChanges } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import { jsonOfEach, linesOfEach } from './environments-output';
import { fileStates, isStale, styledState } from './file-states';
import { count, table } from './terminal';

/** What was done for one platform. */
export interface Synthesis {
  /** Its environment, if there are several. */
  readonly environment: string | undefined;
  readonly components: readonly ComponentSummary[];
  readonly files: readonly RenderedFile[];
  readonly changes: DistChanges;
}

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
  const all = fileStates(changes, check);
  const listed = all.length > LISTED ? all.filter(([, state]) => state !== 'unchanged') : all;
  const fileRows = listed.map(([name, state]) => [
    name,
    state === 'removed' ? '-' : String(objects.get(name) ?? '-'),
    styledState(state),
  ]);
  const hidden = all.length - listed.length;
  const sum = [...objects.values()].reduce((total, number) => total + number, 0);
  const stale = check && isStale(changes) ? '; not what the platform renders: run npm run synth' : '';
  return [
    ...table([['COMPONENT', 'VERSION', 'RELEASE', ''], ...componentRows]),
    '',
    ...table([['FILE', 'OBJECTS', 'STATE'], ...fileRows]),
    ...(hidden > 0 ? [`${count(hidden, 'file')} unchanged`] : []),
    '',
    `${count(sum, 'object')} in ${count(files.length, 'file')}${stale}`,
  ];
}
