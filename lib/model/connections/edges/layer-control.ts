import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { networkingLayerOf } from './requests';

/** Between what carries requests and what configures it. */
export function layerControlConnections(cluster: Cluster): Connection[] {
  const { services, networking } = cluster;
  if (networking?.control === undefined) return [];
  const { service: reference, probePorts } = networking.control;
  const knownFrom = `Service ${reference.namespace}/${reference.name}`;
  return services.behind(reference).flatMap(({ workload, service, servicePort, port }) =>
    networkingLayerOf(cluster).flatMap((layer): Connection[] => [
      {
        from: layer,
        to: workload,
        about: 'configuration',
        port,
        service: { name: service.name, port: servicePort.port },
        knownFrom,
      },
      ...probePorts.map((probed) => ({
        from: workload,
        to: layer,
        about: 'whether configuration has arrived',
        port: probed,
        knownFrom,
      })),
    ]),
  );
}
