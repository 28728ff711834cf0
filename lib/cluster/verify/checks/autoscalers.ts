import { at, list, text } from '../../../objects/json';
import { describeObject, objectKey } from '../../../objects/manifest';
import type { Check, Problem, Remark } from '../check';
import { count } from '../count';

export const autoscalers: Check = {
  id: 'autoscalers',
  group: 'components',
  title: 'every HorizontalPodAutoscaler has metrics to scale by',
  hint: 'metrics-server must run, and every container and proxy request CPU: docs/rules/proxy-cpu-request.md',
  async look({ rendered, live }) {
    const wanted = rendered.ofKinds('autoscaling', ['HorizontalPodAutoscaler']);
    if (wanted.length === 0) return { problems: [], skipped: 'none is rendered' };
    const found = await live.find(wanted);
    const unseen: Remark[] = [];
    const problems = wanted.flatMap(({ manifest }): Problem[] => {
      const object = describeObject(manifest);
      const one = found.get(objectKey(manifest));
      if (one === undefined) return [{ object, reason: 'is not in the cluster' }];
      const active = list(at(one, 'status', 'conditions')).find(
        (condition) => at(condition, 'type') === 'ScalingActive',
      );
      if (at(active, 'status') === 'True') return [];
      if (active === undefined) {
        unseen.push({ object, reason: 'its controller has not looked for metrics yet' });
        return [];
      }
      const why = text(at(active, 'message'))?.split('\n', 1)[0];
      // Without it the number of pods stays as it is; requests are answered.
      return [{ object, reason: `cannot scale${why === undefined ? '' : `: ${why}`}`, severity: 'warning' }];
    });
    return { problems, unseen, seen: count(wanted.length, 'autoscaler') };
  },
};
