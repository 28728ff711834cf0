import { ObjectIndex } from '../object-index';
import type { PlatformObject } from '../../objects/manifest';
import type { CarryingLayer } from '../networking-layer';
import type { Mesh } from './mesh';
import { meshOf } from './mesh';
import type { KubernetesServices } from './service';
import { servicesOf } from './service';
import type { Workload } from './workload';
import { workloadsOf } from './workload';

/** What tells where the networking layer is. */
export type NetworkingAddresses = Pick<CarryingLayer, 'publicService' | 'control'>;

/** A platform's objects as a cluster would understand them. */
export interface Cluster {
  readonly objects: readonly PlatformObject[];
  readonly index: ObjectIndex;
  readonly workloads: readonly Workload[];
  readonly services: KubernetesServices;
  readonly mesh: Mesh;

  /** `undefined` where nobody says: then the LoadBalancers tell. */
  readonly networking: NetworkingAddresses | undefined;

  /** The ConfigMaps that a workload's pods mount. */
  readonly configMapsOf: (workload: Workload) => PlatformObject[];
}

export function clusterOf(objects: readonly PlatformObject[], networking?: NetworkingAddresses): Cluster {
  const workloads = workloadsOf(objects);
  const services = servicesOf(objects, workloads);
  const index = new ObjectIndex(objects);
  return {
    objects,
    index,
    workloads,
    services,
    mesh: meshOf(index),
    networking,
    // Few workloads mount any: only these look, and in their namespace alone.
    configMapsOf: ({ namespace, configMaps }) =>
      configMaps.length === 0
        ? []
        : index
            .inNamespace('', 'ConfigMap', namespace)
            .filter(({ manifest }) => configMaps.includes(manifest.metadata.name ?? '')),
  };
}
