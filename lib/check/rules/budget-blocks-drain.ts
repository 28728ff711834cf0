import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { quote } from '../../syntax/quote';
import { autoscaledBy, minReplicas } from '../../model/autoscaler';
import { at, number } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import type { Rule } from '../rule';
import { selects } from '../../model/selector';

/** What allows no disruption however many pods there are. */
const NEVER: Readonly<Record<string, readonly unknown[]>> = { maxUnavailable: [0, '0%'], minAvailable: ['100%'] };

/** A budget that allows no disruption while a workload has its fewest replicas: a drain of the node then waits for ever. */
export const budgetBlocksDrain: Rule = {
  id: 'budget-blocks-drain',
  group: 'workloads',
  severity: 'error',
  title: 'every disruption budget lets a node be drained',
  check: (objects) =>
    objects.ofKind('policy', 'PodDisruptionBudget').flatMap((object) => {
      const { spec, metadata } = object.manifest;
      const field = ['minAvailable', 'maxUnavailable'].find((key) => at(spec, key) !== undefined);
      if (field === undefined) return [];
      const value = at(spec, field);
      const covered = objects.podTemplates.filter(
        ({ namespace, labels, object: { manifest } }) =>
          namespace === (metadata.namespace ?? 'default') &&
          // The pods of a Knative Service come and go with its requests.
          !manifest.apiVersion.startsWith('serving.knative.dev/') &&
          selects(at(spec, 'selector'), labels),
      );
      const pods = covered.reduce((sum, template) => sum + fewestPods(template.object, objects), 0);
      const [first] = covered;
      const always = NEVER[field]?.includes(value ?? '') === true;
      if (!always && (pods === 0 || allowed(field, value, pods) > 0)) return [];
      const whose = first === undefined ? '' : ` of ${describeObject(first.object.manifest)}`;
      const few = always
        ? 'allows no pod to be evicted'
        : `allows no pod to be evicted while there ${pods === 1 ? 'is 1 pod' : `are ${pods} pods`}${whose}`;
      return [
        {
          object,
          path: `spec.${field}`,
          message: `${field} ${quote(value)} ${few}, which blocks every drain of its node: set maxUnavailable: 1 instead`,
        },
      ];
    }),
};

function fewestPods(object: PlatformObject, objects: ObjectIndex): number {
  const autoscaler = autoscaledBy(object, objects);
  return autoscaler === undefined ? (number(at(object.manifest, 'spec', 'replicas')) ?? 1) : minReplicas(autoscaler);
}

/** How many of some pods may be missing. Kubernetes rounds percentages up, both ways. Source: `pkg/controller/disruption`. */
function allowed(field: string, value: unknown, pods: number): number {
  const share = typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) / 100) * pods) : (number(value) ?? 0);
  return field === 'minAvailable' ? pods - share : share;
}
