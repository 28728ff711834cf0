import type { ComponentSummary } from '../lib/releases/release';
import type { DistChanges } from '../lib/render/dist';
import type { RenderedFile } from '../lib/render/files';
import { jsonOfEach, linesOfEach } from './environments-output';
import { fileStates, isStale, styledState } from './file-states';
import { count, styled, table } from './terminal';

/** What was done for one platform. */
export interface Synthesis {
  /** Its environment, if there are several. */
  readonly environment: string | undefined;
  readonly components: readonly ComponentSummary[];
  readonly files: readonly RenderedFile[];
  readonly changes: DistChanges;

  /** Files beside them that `kubectl apply -f` takes too. */
  readonly notRendered: readonly NotRenderedFile[];
}

/** A file that is none of the platform's. */
export interface NotRenderedFile {
  readonly name: string;

  /** How many objects are in it. */
  readonly objects: number;

  /** Whether check.yaml accepts it. */
  readonly isAccepted: boolean;
}

/** For programs. */
export const asJson = (done: readonly Synthesis[]): unknown =>
  jsonOfEach(done, ({ components, files, changes, notRendered }) => ({
    components,
    files: files.map(({ name, objects }) => ({ name, objects })),
    ...changes,
    notRendered: notRendered.map(({ name, objects, isAccepted }) => ({ name, objects, accepted: isAccepted })),
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
  const { components, files, changes, notRendered } = synthesis;
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
  const otherRows = notRendered.map(({ name, objects: number, isAccepted }) => [
    name,
    String(number),
    isAccepted ? 'not rendered, accepted' : styled(check ? 'red' : 'yellow', 'not rendered', process.stdout),
  ]);
  const others = notRendered.filter(({ isAccepted }) => !isAccepted);
  const hidden = all.length - listed.length;
  const sum = [...objects.values()].reduce((total, number) => total + number, 0);
  const stale = check && isStale(changes) ? '; not what the platform renders: run npm run synth' : '';
  return [
    ...table([['COMPONENT', 'VERSION', 'RELEASE', ''], ...componentRows]),
    '',
    ...table([['FILE', 'OBJECTS', 'STATE'], ...fileRows, ...otherRows]),
    ...(hidden > 0 ? [`${count(hidden, 'file')} unchanged`] : []),
    '',
    `${count(sum, 'object')} in ${count(files.length, 'file')}${stale}`,
    ...(others.length > 0
      ? [
          `${count(others.length, 'file')} not rendered: kubectl apply -f takes ${others.length === 1 ? 'it' : 'them'} too; see npm run check, docs/rules/not-rendered.md`,
        ]
      : []),
  ];
}
