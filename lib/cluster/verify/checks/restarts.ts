import type { Check } from '../check';
import { count } from '../count';

export const restarts: Check = {
  id: 'restarts',
  group: 'mesh',
  title: 'no container of the platform was restarted',
  hint: 'kubectl logs --previous of it: one restart long ago is no trouble, many are',
  async look({ live }) {
    const pods = await live.pods();
    return {
      seen: count(pods.length, 'pod'),
      problems: pods
        .filter((pod) => pod.restarts > 0)
        .map((pod) => ({ object: pod.id, reason: `has had ${count(pod.restarts, 'restart')}`, severity: 'warning' })),
    };
  },
};
