import { PROXY_ENV_ANNOTATION, TAP_ANNOTATION, TAP_VARIABLE } from '../../../objects/proxy-env';
import type { Check } from '../check';
import { count } from '../count';
import { livePods } from '../platform-pods';
import { podsOf } from '../live-pod';

export const tappable: Check = {
  id: 'tappable',
  group: 'mesh',
  title: 'linkerd viz tap works with every pod that is to be tapped',
  hint: 'kubectl rollout restart what made the pod: docs/rules/not-tappable.md',
  async look(look) {
    const { rendered } = look;
    // The same connections as in npm run graph.
    const tapped = new Set(rendered.graph.edges.filter(({ about }) => about === 'tap').map(({ to }) => to));
    if (!rendered.hasViz) return { problems: [], skipped: 'viz is not among the objects' };
    const pods = await livePods(look);
    const meant = rendered.workloads
      .filter(({ id }) => tapped.has(id))
      .flatMap((workload) => podsOf(workload, pods))
      .filter(({ proxy }) => proxy !== undefined);
    if (meant.length === 0) return { problems: [], skipped: 'no pod that is to be tapped is there' };
    return {
      seen: count(meant.length, 'pod'),
      problems: meant.flatMap(({ id, annotations, proxy }) => {
        const hasVariable =
          proxy?.env.includes(TAP_VARIABLE) === true ||
          annotations[PROXY_ENV_ANNOTATION]?.includes(TAP_VARIABLE) === true;
        if (!hasVariable) return [{ object: id, reason: `has a proxy without ${TAP_VARIABLE}: it admits no tap` }];
        if (annotations[TAP_ANNOTATION] === 'true') return [];
        return [{ object: id, reason: `has no annotation ${TAP_ANNOTATION}: "true", so viz does not tap it` }];
      }),
    };
  },
};
