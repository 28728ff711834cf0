import { at, list, text } from '../../../objects/json';
import { describeObject, objectKey } from '../../../objects/manifest';
import type { Check, Problem } from '../check';
import { count } from '../count';

export const autoscalers: Check = {
  id: 'autoscalers',
  group: 'components',
  title: 'every HorizontalPodAutoscaler has metrics to scale by',
  hint: 'metrics-server must run, and every container and proxy request CPU: docs/rules/proxy-cpu-request.md',
  async look({ rendered, live }) {
    const wanted = rendered.ofKinds('autoscaling', ['HorizontalPodAutoscaler']);
    const found = await live.find(wanted);
    const problems = wanted.flatMap(({ manifest }): Problem[] => {
      const object = describeObject(manifest);
      const one = found.get(objectKey(manifest));
      if (one === undefined) return [{ object, reason: 'is not in the cluster' }];
      const active = list(at(one, 'status', 'conditions')).find(
        (condition) => at(condition, 'type') === 'ScalingActive',
      );
      if (at(active, 'status') === 'True') return [];
      const why = text(at(active, 'message'))?.split('\n', 1)[0];
      // Without it the number of pods stays as it is; requests are answered.
      return [{ object, reason: `cannot scale${why === undefined ? ' yet' : `: ${why}`}`, severity: 'warning' }];
    });
    return {
      problems,
      ...(wanted.length === 0 ? { skipped: 'none is rendered' } : { seen: count(wanted.length, 'autoscaler') }),
    };
  },
};
