import type { Check } from '../check';
import { count } from '../count';
import type { LivePod } from '../live-pod';
import { serviceOf } from '../live-pod';
import { NO_PODS, platformPods } from '../platform-pods';

/** So long after it was made a pod may be on its way, in milliseconds. */
const STARTING = 60_000;

/** Why containers wait in a pod that is on its way. Source: Kubernetes 1.34, the kubelet. */
const WAITING = ['ContainerCreating', 'PodInitializing'];

export const podsReady: Check = {
  id: 'pods-ready',
  group: 'mesh',
  title: 'every pod of the platform is Ready, with its proxy',
  hint: 'kubectl describe pod, and kubectl logs of the container that is not ready',
  async look(look) {
    // A Job's pod ends, and need not be Ready for that.
    const pods = (await platformPods(look)).filter(({ owner }) => owner !== 'Job');
    if (pods.length === 0) return { problems: [], skipped: NO_PODS };
    const { now } = look.settings;
    const unready = pods.filter(({ isReady }) => !isReady);
    const starting = unready.filter((pod) => isStarting(pod, now));
    const remarkOf = ({ id, ready }: LivePod): { object: string; reason: string } => ({
      object: id,
      reason: `it is starting: ${ready}`,
    });
    return {
      seen: count(pods.length, 'pod'),
      // Pods of Knative Services come and go with requests.
      notes: starting.filter((pod) => serviceOf(pod) !== undefined).map(remarkOf),
      unseen: starting.filter((pod) => serviceOf(pod) === undefined).map(remarkOf),
      problems: unready
        .filter((pod) => !starting.includes(pod))
        .map(({ id, ready, waiting }) => ({
          object: id,
          reason: `is not Ready: ${ready}${waiting === undefined ? '' : `, ${waiting}`}`,
        })),
    };
  },
};

const isStarting = ({ created, restarts, waiting }: LivePod, now: Date): boolean =>
  now.getTime() - created.getTime() < STARTING &&
  restarts === 0 &&
  (waiting === undefined || WAITING.includes(waiting));
