import { describeObject } from '../../../objects/manifest';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { stringsWithin } from '../../../objects/json';
import type { ServiceReference } from '../service';
import { PROXY_CONTAINER } from '../../../objects/inject';

const ADDRESS = /(?<![\w.-])([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.[a-z0-9.-]+?)?\.?:(\d{1,5})(?!\d)/g;

/** The Services that a text names with their ports: `prometheus.linkerd-viz.svc.cluster.local:9090`. */
export function serviceAddresses(value: string): Required<ServiceReference>[] {
  return [...value.matchAll(ADDRESS)].map(([, name = '', namespace = '', port]) => ({
    namespace,
    name,
    port: Number(port),
  }));
}

/** To Services that a workload is told of: in arguments and variables of its containers, and in ConfigMaps that it mounts. */
export function addressConnections({ workloads, services, configMapsOf }: Cluster): Connection[] {
  return workloads.flatMap((from) => {
    const texts = [
      ...from.containers
        .filter(({ name }) => name !== PROXY_CONTAINER)
        .flatMap(({ args, env }) => [...args, ...Object.values(env)])
        .map((text) => ({ text, object: from.object })),
      ...configMapsOf(from).flatMap((object) => stringsWithin(object.manifest.data).map((text) => ({ text, object }))),
    ];
    return texts.flatMap(({ text, object }) =>
      serviceAddresses(text).flatMap((reference) =>
        services
          .behind(reference)
          .filter(({ workload }) => workload !== from)
          .map(({ workload, port }) => ({
            from,
            to: workload,
            about: 'requests',
            port,
            service: reference,
            knownFrom: describeObject(object.manifest),
          })),
      ),
    );
  });
}
