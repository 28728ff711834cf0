import { AREAS } from './areas';
import type { Area } from './areas';
import type { Diff } from './diff';
import { differenceText } from './object-diff';
import { parsePath } from './path';
import type { Content, ReportSection } from './report-section';
import { grouped, objectsText, plural, STRIKING, textOf } from './report-section';
import type { RevisionRolls } from './revision-rolls';

/** What becomes of running pods. */
export function workloads(diff: Diff, area: Area): Content {
  const pods = new Map(diff.pods.map((pod) => [pod.object, pod]));
  const touched = diff.changes.filter(
    ({ object, differences }) => pods.has(object) || differences.some((difference) => difference.area === area),
  );
  const rows = touched.flatMap(({ object, kind, differences }) => {
    const pod = pods.get(object);
    const own = differences.filter((difference) => difference.area === area).map(textOf);
    const elsewhere = AREAS.map((other) => other.area).filter(
      (other) => other !== area && differences.some((difference) => difference.area === other),
    );
    const texts = elsewhere.length === 0 ? own : [...own, `see ${elsewhere.join(', ')}`];
    const [first = '', ...more] = pod !== undefined && kind !== 'changed' ? [] : texts;
    return [[object, pod === undefined ? '' : pod.means, first], ...more.map((text) => ['', '', text])];
  });
  const rolls = diff.pods.filter((pod) => pod.rolls).length;
  const ofObjects = `${plural(touched.length, 'object')}, ${rolls === 0 ? 'no pods roll' : `${rolls} roll${rolls === 1 ? 's its' : ' their'} pods`}`;
  const { revisions } = diff;
  return {
    summary: [
      ...(touched.length > 0 ? [ofObjects] : []),
      ...(revisions === undefined ? [] : [whoRolls(revisions).join(' ')]),
    ].join(', '),
    rows: [...(revisions === undefined ? [] : revisionRows(revisions)), ...rows],
  };
}

/** Whose pods Serving makes anew, and whether it is known that it does. */
const whoRolls = ({ keys }: RevisionRolls): readonly [who: string, rolls: string] =>
  keys.every(({ only }) => only !== undefined)
    ? ['some revisions', 'may roll their pods']
    : [`${STRIKING} all revisions`, 'roll their pods'];

/** What rolls the pods of all revisions, and what is known of which of them have pods. */
function revisionRows(revisions: RevisionRolls): string[][] {
  const { keys, always, whileAwake, stay } = revisions;
  // All settings count as soon as one of them makes Serving look.
  const isLate = keys.every(({ late }) => late);
  const texts = keys.map(({ object, path, from, to, only }) => {
    const difference = path.endsWith('.queue-sidecar-image')
      ? `${path}, see images`
      : differenceText({ path: parsePath(path), ...sidesOf(from, to), masked: false });
    const when = isLate
      ? ', when Serving looks at each again: after 10 hours at most, or when its controller starts'
      : '';
    return `${object} ${difference}${only === undefined ? '' : `: ${only}`}${when}`;
  });
  const groups: readonly (readonly [readonly string[], string])[] = [
    [always, 'always with pods, which roll'],
    [whileAwake, 'with pods only while there are requests: at zero nothing rolls'],
    [stay, 'as before, by what the service says itself'],
  ];
  const known = groups.flatMap(([objects, what]) => (objects.length === 0 ? [] : [`${objectsText(objects)}: ${what}`]));
  const [first = '', ...more] = [...texts, ...known];
  const [who, rolls] = whoRolls(revisions);
  const whose = known.length === 0 ? 'Knative Services in the cluster' : 'Knative Services';
  return [[`${who} of ${whose}`, rolls, first], ...more.map((text) => ['', '', text])];
}

/** How a text becomes another one. */
const sidesOf = (from: string | undefined, to: string | undefined) =>
  ({ kind: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed', from, to }) as const;

/** Of more Knative Services that one command restarts some are named. */
const MANY = 3;

/** What goes on as it was made until somebody restarts it. */
export function podsToRestart({ restarts: found }: Diff, verbose: boolean): ReportSection {
  const groups = grouped(found, ({ object, why, together }) =>
    together === undefined || verbose ? object : JSON.stringify([why, together]),
  );
  return {
    title: 'pods to restart',
    summary: `${plural(found.length, 'workload')} that ${found.length === 1 ? 'goes' : 'go'} on as before until then`,
    rows: groups.flatMap((some) => {
      const [first] = some;
      if (first?.together === undefined || some.length <= MANY)
        return some.map(({ object, why, command }) => [object, why.join('; '), command]);
      return [[objectsText(some.map(({ object }) => object)), first.why.join('; '), first.together]];
    }),
  };
}
