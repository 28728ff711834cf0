import type { PlatformObject } from '../objects/manifest';
import { groupOf } from '../objects/api-group';
import { at, list, number, text } from '../objects/json';
import type { ObjectIndex } from './object-index';

/** The HorizontalPodAutoscaler that sets the replicas of a workload; `undefined` if none does. */
export function autoscaledBy({ manifest }: PlatformObject, objects: ObjectIndex): PlatformObject | undefined {
  const { namespace = 'default' } = manifest.metadata;
  return objects.inNamespace('autoscaling', 'HorizontalPodAutoscaler', namespace).find(({ manifest: autoscaler }) => {
    const target = at(autoscaler, 'spec', 'scaleTargetRef');
    return (
      at(target, 'kind') === manifest.kind &&
      at(target, 'name') === manifest.metadata.name &&
      groupOf(text(at(target, 'apiVersion')) ?? '') === groupOf(manifest.apiVersion)
    );
  });
}

/** Whether an autoscaler goes by the share of the requested CPU that pods use, their proxies with them. */
export function goesByCpuUtilization({ manifest: { spec } }: PlatformObject): boolean {
  if (at(spec, 'targetCPUUtilizationPercentage') !== undefined) return true;
  const metrics = list(at(spec, 'metrics'));
  // Without metrics it goes by 80 % of the requested CPU.
  if (metrics.length === 0) return true;
  return metrics.some(
    (metric) => at(metric, 'resource', 'name') === 'cpu' && at(metric, 'resource', 'target', 'type') === 'Utilization',
  );
}

/** The fewest replicas of an autoscaler. */
export const minReplicas = ({ manifest }: PlatformObject): number => number(at(manifest, 'spec', 'minReplicas')) ?? 1;
