import { at, list, text, whole } from '../../../objects/json';
import type { Manifest } from '../../../objects/manifest';
import { describeObject, objectKey } from '../../../objects/manifest';
import type { Check } from '../check';
import { count } from '../count';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];

export const workloads: Check = {
  id: 'workloads',
  group: 'components',
  title: 'every Deployment is rolled out and available',
  hint: 'kubectl describe it, and look at the events of its ReplicaSet and pods',
  async look({ rendered, live }) {
    const wanted = rendered.ofKinds('apps', KINDS);
    if (wanted.length === 0) return { problems: [], skipped: 'none is rendered' };
    const found = await live.find(wanted);
    return {
      seen: count(wanted.length, 'workload'),
      problems: wanted.flatMap(({ manifest }) => {
        const one = found.get(objectKey(manifest));
        const reason = one === undefined ? 'is not in the cluster' : unavailable(one, isScaledToZero(manifest));
        return reason === undefined ? [] : [{ object: describeObject(manifest), reason }];
      }),
    };
  },
};

/** Whether it is to have no pods. */
export const isScaledToZero = ({ kind, spec }: Manifest): boolean =>
  kind !== 'DaemonSet' && whole(at(spec, 'replicas')) === 0;

/** Why not all of its pods are there, of its last version, and available. */
function unavailable({ kind, metadata, spec, status }: Manifest, mayBeZero: boolean): string | undefined {
  const number = (field: string): number => whole(at(status, field)) ?? 0;
  if (number('observedGeneration') !== metadata.generation)
    return 'was changed, and its controller has not looked at it';
  const daemon = kind === 'DaemonSet';
  const wanted = daemon ? number('desiredNumberScheduled') : (whole(at(spec, 'replicas')) ?? 1);
  const updated = number(daemon ? 'updatedNumberScheduled' : 'updatedReplicas');
  const available = number(daemon ? 'numberAvailable' : 'availableReplicas');
  const failure = list(at(status, 'conditions')).find(
    (one) => at(one, 'type') === 'ReplicaFailure' && at(one, 'status') === 'True',
  );
  const why = text(at(failure, 'message'));
  const because = why === undefined ? '' : `: ${why.split('\n', 1)[0] ?? ''}`;
  if (wanted === 0 && daemon) return 'is to run on no node';
  if (wanted === 0) return mayBeZero ? undefined : 'is scaled to 0';
  if (updated < wanted) return `${updated} of ${wanted} pods are of its last version${because}`;
  if (available < wanted) return `${available} of ${wanted} pods are available${because}`;
  return undefined;
}
