import { missingToken } from '../../../model/proxy-token';
import type { Check } from '../check';
import { count } from '../count';
import { livePods } from '../platform-pods';
import { shouldBeMeshed } from '../rendered';

export const proxies: Check = {
  id: 'proxies',
  group: 'mesh',
  title: 'every pod of a meshed namespace has its proxy',
  hint: 'kubectl rollout restart what made it: a pod is meshed when it is created, never later',
  async look(look) {
    const { rendered } = look;
    const pods = (await livePods(look)).filter((pod) => shouldBeMeshed(pod, rendered));
    if (pods.length === 0) return { problems: [], skipped: 'no pod is to have one' };
    return {
      seen: count(pods.length, 'pod'),
      problems: pods
        .filter(({ proxy }) => proxy === undefined)
        .map((pod) => {
          const token = missingToken(pod, rendered.index);
          const why = token === undefined ? ', neither as a container nor as an init container' : `: ${token.reason}`;
          return { object: pod.id, reason: `has no linkerd-proxy${why}` };
        }),
    };
  },
};
