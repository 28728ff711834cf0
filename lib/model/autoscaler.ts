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

/**
 * The containers of whose requested CPU an autoscaler goes by the share that they use: `every` one of a pod, its proxy with them, or those of
 * these names.
 */
export function measuresCpuOf({ manifest: { spec } }: PlatformObject): 'every' | readonly string[] {
  if (at(spec, 'targetCPUUtilizationPercentage') !== undefined) return 'every';
  const metrics = list(at(spec, 'metrics'));
  // Without metrics it goes by 80 % of the requested CPU.
  if (metrics.length === 0) return 'every';
  const isShare = (metric: unknown, source: string): boolean =>
    at(metric, source, 'name') === 'cpu' && at(metric, source, 'target', 'type') === 'Utilization';
  if (metrics.some((metric) => isShare(metric, 'resource'))) return 'every';
  return metrics
    .filter((metric) => isShare(metric, 'containerResource'))
    .flatMap((metric) => text(at(metric, 'containerResource', 'container')) ?? []);
}

/** The fewest replicas of an autoscaler. */
export const minReplicas = ({ manifest }: PlatformObject): number => number(at(manifest, 'spec', 'minReplicas')) ?? 1;
