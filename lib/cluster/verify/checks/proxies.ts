import { outsideMesh } from '../../../model/mesh';
import type { Check } from '../check';
import { count } from '../count';
import { livePods } from '../platform-pods';

export const proxies: Check = {
  id: 'proxies',
  group: 'mesh',
  title: 'every pod of a meshed namespace has its proxy',
  hint: 'kubectl rollout restart what made it: a pod is meshed when it is created, never later',
  async look(look) {
    const pods = (await livePods(look))
      .map((pod) => ({ pod, outside: outsideMesh(pod, look.rendered.index) }))
      .filter(({ outside }) => outside === undefined || outside.passedOver === true);
    if (pods.length === 0) return { problems: [], skipped: 'no pod is to have one' };
    return {
      seen: count(pods.length, 'pod'),
      problems: pods
        .filter(({ pod }) => pod.proxy === undefined)
        .map(({ pod, outside }) => {
          const why =
            outside === undefined ? ', neither as a container nor as an init container' : `: ${outside.reason}`;
          return { object: pod.id, reason: `has no linkerd-proxy${why}` };
        }),
    };
  },
};
