import { describeObject } from '../../objects/manifest';
import { autoscaledBy } from '../../model/autoscaler';
import { at } from '../../objects/json';
import type { Rule } from '../rule';

export const replicasAutoscaled: Rule = {
  id: 'replicas-autoscaled',
  group: 'workloads',
  severity: 'error',
  title: 'no workload has a number of replicas under an autoscaler',
  check: (objects) =>
    objects.all.flatMap((object) => {
      const replicas = at(object.manifest, 'spec', 'replicas');
      const autoscaler = replicas === undefined || replicas === null ? undefined : autoscaledBy(object, objects);
      if (autoscaler === undefined) return [];
      return [
        {
          object,
          path: 'spec.replicas',
          message: `${describeObject(autoscaler.manifest)} sets it as well, so each apply undoes the autoscaler's number: leave replicas out, and set minReplicas there`,
        },
      ];
    }),
};
