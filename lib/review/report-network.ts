import type { Area } from './areas';
import type { Diff } from './diff';
import type { ExposureChange } from './exposure-changes';
import type { MeshChange } from './mesh-changes';
import type { Content } from './report-section';
import { grouped, listed, objectsText, plural, STRIKING } from './report-section';

/** What a change means for who reaches whom comes first, then each difference. */
export function network(diff: Diff, area: Area, verbose: boolean): Content {
  const { summary, rows } = listed(diff, area);
  const { exposure, mesh } = diff;
  if (exposure.length + mesh.length === 0) return { summary, rows };
  const count = (kind: ExposureChange['kind']): number => exposure.filter((change) => change.kind === kind).length;
  const more = exposure.filter(({ kind, added }) => kind === 'hosts' && added.length > 0);
  const moves = (kind: MeshChange['kind']): number => mesh.filter((change) => change.kind === kind).length;
  const parts: readonly (readonly [number, string, string])[] = [
    [count('public'), 'Service', `becomes public (${STRIKING})`],
    [count('private'), 'Service', `is public no more (${STRIKING})`],
    [more.length, 'Service', `has more public hosts (${STRIKING})`],
    [count('hosts') - more.length, 'Service', 'has fewer public hosts'],
    [count('new'), 'Service', 'is new and public'],
    [moves('joins'), 'workload', 'joins the mesh'],
    [moves('leaves'), 'workload', `leaves the mesh (${STRIKING})`],
  ];
  const all = [
    ...exposure.map(({ object, means, striking }) => [striking ? STRIKING : '', object, means]),
    ...meshRows(diff, verbose),
    ...rows.map((row) => ['', ...row]),
  ];
  return {
    summary: [
      ...parts.flatMap(([number, noun, what]) =>
        number === 0 ? [] : [`${plural(number, noun)} ${number === 1 ? what : pluralVerb(what)}`],
      ),
      ...(summary === '' ? [] : [summary]),
    ].join(', '),
    rows: all.some(([mark]) => mark !== '') ? all : all.map(([, ...row]) => row),
  };
}

/** Of more workloads that join or leave the mesh some are named. */
const MANY = 10;

function meshRows({ mesh, restarts }: Diff, verbose: boolean): string[][] {
  const restarting = new Set(restarts.map(({ object }) => object));
  const changes = mesh.map(({ object, kind }) => ({
    object,
    mark: kind === 'leaves' ? STRIKING : '',
    means: `${kind === 'leaves' ? 'leaves the mesh: no mTLS, no identity' : 'joins the mesh'}${restarting.has(object) ? ', when its pods are restarted' : ''}`,
  }));
  return grouped(changes, ({ means }) => means).flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || verbose || alike.length <= MANY)
      return alike.map(({ object, mark, means }) => [mark, object, means]);
    return [[first.mark, objectsText(alike.map(({ object }) => object)), first.means]];
  });
}

/** The verb with which a phrase begins, for several. */
const pluralVerb = (phrase: string): string =>
  phrase.replace(
    /^\S+/,
    (verb) => ({ becomes: 'become', has: 'have', is: 'are', joins: 'join', leaves: 'leave' })[verb] ?? verb,
  );
