import type { Cluster, Kubectl } from '../kubectl/kubectl';
import type { PlatformObject } from '../objects/manifest';
import { clusterSides } from './cluster-objects';
import { diff } from './diff';
import { rendered } from './reviewed-files';

/** An object of a cluster that is not what Git has. */
export interface BehindObject {
  readonly object: string;
  readonly how: 'missing' | 'differs' | 'refused';
}

/**
 * The objects of a platform of which a cluster is behind.
 *
 * @throws Error if kubectl is not there or the cluster cannot be reached
 */
export async function behindOf(
  objects: readonly PlatformObject[],
  cluster: Cluster | Kubectl,
): Promise<BehindObject[]> {
  const sides = await clusterSides(rendered(objects).objects, cluster);
  const { changes } = diff(sides.from, sides.to);
  return [
    ...changes.map(({ object, kind }) => ({
      object,
      how: kind === 'added' ? ('missing' as const) : ('differs' as const),
    })),
    ...sides.refused.map(({ object }) => ({ object, how: 'refused' as const })),
  ];
}
