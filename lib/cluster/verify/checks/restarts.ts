import type { Check } from '../check';
import { count } from '../count';
import { NO_PODS, platformPods } from '../platform-pods';

export const restarts: Check = {
  id: 'restarts',
  group: 'mesh',
  title: 'no container of the platform was restarted',
  hint: 'kubectl logs --previous of it: one restart long ago is no trouble, many are',
  async look(look) {
    const pods = await platformPods(look);
    if (pods.length === 0) return { problems: [], skipped: NO_PODS };
    return {
      seen: count(pods.length, 'pod'),
      problems: pods
        .filter((pod) => pod.restarts > 0)
        .map((pod) => ({ object: pod.id, reason: `has had ${count(pod.restarts, 'restart')}`, severity: 'warning' })),
    };
  },
};
