import type { Exposed, Way } from '../model/exposure';
import { exposedServices } from '../model/exposure';
import type { ObjectIndex } from '../model/object-index';
import { SERVING_GROUP } from '../model/serving/judge';
import { groupOf } from '../objects/api-group';
import type { ObjectChange } from './object-changes';

/** What a change means for clients outside of the cluster that ask for a Service. */
export interface ExposureChange {
  readonly object: string;

  /** `hosts` is a Service that is public before and after, by other hosts; `new` one that comes and is public. */
  readonly kind: 'public' | 'private' | 'hosts' | 'new';

  /** The hosts that come, with what leads there, and those that go. */
  readonly added: readonly string[];
  readonly removed: readonly string[];

  /** Whether more can be asked for from outside than before, or a Service cannot be asked for any more. */
  readonly striking: boolean;

  /** In words. */
  readonly means: string;
}

/** Which Services become public or private between two sets of objects, and which hosts come and go. */
export function exposureChanges(
  from: ObjectIndex,
  to: ObjectIndex,
  changes: readonly ObjectChange[],
): ExposureChange[] {
  if (!changes.some(mayExpose)) return [];
  const [before, after] = [exposedServices(from), exposedServices(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const change = changeOf(before.get(key), after.get(key));
    return change === undefined ? [] : [change];
  });
}

const NEVER = ['rbac.authorization.k8s.io', 'apiextensions.k8s.io', 'batch', 'policy', 'autoscaling'];

/** Whether a change may have to do with who reaches what, by its kind; so that most changes of many services need no second look at each. */
function mayExpose({ kind, from, to, differences }: ObjectChange): boolean {
  const manifest = to ?? from;
  if (manifest === undefined || NEVER.includes(groupOf(manifest.apiVersion))) return false;
  if (manifest.kind === 'ConfigMap') return /^config-(domain|network)$/.test(manifest.metadata.name ?? '');
  if (kind !== 'changed' || groupOf(manifest.apiVersion) !== SERVING_GROUP) return true;
  return differences.some(({ path }) => path[1] !== 'template');
}

function changeOf(before: Exposed | undefined, after: Exposed | undefined): ExposureChange | undefined {
  const any = after ?? before;
  if (any === undefined) return undefined;
  const [had, has] = [before?.ways ?? [], after?.ways ?? []];
  // An object that goes is said to go.
  if (before?.isThere === true && after?.isThere !== true && has.length === 0) return undefined;
  const added = [...new Set(has.filter((way) => !isAmong(way, had)).map(wayText))];
  const removed = [...new Set(had.filter((way) => !isAmong(way, has)).map(wayText))];
  if (added.length + removed.length === 0) return undefined;
  const change = { object: any.name, added, removed };
  const it = any.isKnative && any.isThere ? 'the Knative Service' : 'it';
  if (had.length === 0 && before?.isThere !== true && after?.isThere === true)
    return { ...change, kind: 'new', striking: false, means: `new, and public ${places(added)}` };
  if (had.length === 0) {
    const { inside } = before ?? {};
    const because =
      inside === undefined
        ? ''
        : inside === after?.inside
          ? `, though it has ${inside}`
          : `: until now it had ${inside}`;
    return { ...change, kind: 'public', striking: true, means: `${it} becomes public ${places(added)}${because}` };
  }
  if (has.length === 0) {
    const because = after?.inside === undefined ? '' : `: it has ${after.inside} now`;
    return {
      ...change,
      kind: 'private',
      striking: true,
      means: `${it} is public no more ${places(removed)}${because}`,
    };
  }
  const means =
    added.length === 0
      ? `public no more ${places(removed)}`
      : `public ${places(added)}${removed.length === 0 ? ' as well' : `, no more ${places(removed)}`}`;
  return { ...change, kind: 'hosts', striking: added.length > 0, means };
}

/** Of a host that cannot be told it is not known that it is another one. */
const isAmong = (way: Way, others: readonly Way[]): boolean =>
  others.some(
    (other) => other.by === way.by && (other.host === way.host || other.isVague === true || way.isVague === true),
  );

/** `at a.example.com, b.example.com (tag b)`; `by a load balancer` */
const places = (texts: readonly string[]): string => {
  const [first = ''] = texts;
  return `${first.startsWith('by ') ? '' : 'at '}${texts.join(', ')}`;
};

function wayText({ host, by }: Way): string {
  if (host === undefined) return `by ${by ?? 'its address'}`;
  return by === undefined ? host : `${host} (${by})`;
}
