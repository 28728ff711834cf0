import { ObjectIndex } from '../check/object-index';
import type { PlatformObject } from '../objects/manifest';
import type { Mesh } from './mesh';
import { meshOf } from './mesh';
import type { KubernetesServices, ServiceReference } from './service';
import { servicesOf } from './service';
import type { Workload } from './workload';
import { workloadsOf } from './workload';

/** What carries requests to Knative Services, as data. */
export interface NetworkingAddresses {
  /** Where requests from outside the cluster arrive. */
  readonly publicService: Required<ServiceReference>;

  /**
   * Where its pods get their configuration, and the ports on which they are asked whether it has arrived.
   *
   * @default - they configure themselves
   */
  readonly control?: { readonly service: Required<ServiceReference>; readonly probePorts: readonly number[] };
}

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
    mesh: meshOf(objects, services, index),
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
