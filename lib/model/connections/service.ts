import { hasLabels } from '../selector';
import type { PlatformObject } from '../../objects/manifest';
import { at, list, strings, text, whole } from '../../objects/json';
import type { Workload } from './workload';

/** A port of a Service and the port of its pods. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;

  /** A number, or the name of a container's port. */
  readonly target: number | string;
}

/** A Service of Kubernetes. */
export interface KubernetesService {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
}

/** A port of a Service, as others name it; without a port it is the Service as a whole. */
export interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
}

/** Where connections to a Service arrive. */
export interface Backend {
  readonly workload: Workload;
  readonly service: KubernetesService;
  readonly servicePort: ServicePort;

  /** The port of the pods. */
  readonly port: number;
}

/** The Services of a platform, and what is behind them. */
export interface KubernetesServices {
  readonly all: readonly KubernetesService[];
  find(reference: ServiceReference): KubernetesService | undefined;
  behind(reference: ServiceReference): Backend[];

  /** Those that select the pods of a workload. */
  of(workload: Workload): KubernetesService[];
}

export function servicesOf(objects: readonly PlatformObject[], workloads: readonly Workload[]): KubernetesServices {
  const all = objects
    .filter(({ manifest }) => manifest.kind === 'Service' && manifest.apiVersion === 'v1')
    .map(({ manifest }) => serviceOf(manifest));
  const selectedBy = new Map<KubernetesService, Workload[]>();
  const [servicesIn, workloadsIn] = [byNamespace(all), byNamespace(workloads)];
  const isBehind = (workload: Workload, { namespace, selector }: KubernetesService): boolean =>
    workload.namespace === namespace && Object.keys(selector).length > 0 && hasLabels(selector, workload.labels);
  const find = ({ namespace, name }: ServiceReference): KubernetesService | undefined =>
    servicesIn.get(namespace)?.find((service) => service.name === name);
  const workloadsBehind = (service: KubernetesService): Workload[] => {
    const known = selectedBy.get(service);
    if (known !== undefined) return known;
    const found = (workloadsIn.get(service.namespace) ?? []).filter((workload) => isBehind(workload, service));
    selectedBy.set(service, found);
    return found;
  };
  return {
    all,
    find,
    of: (workload) => (servicesIn.get(workload.namespace) ?? []).filter((service) => isBehind(workload, service)),
    behind(reference) {
      const service = find(reference);
      if (service === undefined) return [];
      return workloadsBehind(service).flatMap((workload) =>
        service.ports
          .filter(({ port }) => reference.port === undefined || port === reference.port)
          .flatMap((servicePort) => {
            const port = targetPort(servicePort, workload);
            return port === undefined ? [] : [{ workload, service, servicePort, port }];
          }),
      );
    },
  };
}

function byNamespace<T extends { readonly namespace: string }>(all: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const before = found.get(one.namespace);
    if (before === undefined) found.set(one.namespace, [one]);
    else before.push(one);
  }
  return found;
}

function serviceOf(manifest: PlatformObject['manifest']): KubernetesService {
  const { metadata, spec } = manifest;
  return {
    name: metadata.name ?? '',
    namespace: metadata.namespace ?? 'default',
    type: text(at(spec, 'type')) ?? 'ClusterIP',
    selector: strings(at(spec, 'selector')),
    ports: list(at(spec, 'ports')).flatMap((port) => {
      const [name, number, target] = [text(at(port, 'name')), whole(at(port, 'port')), at(port, 'targetPort')];
      if (number === undefined) return [];
      return [{ ...(name !== undefined && { name }), port: number, target: text(target) ?? whole(target) ?? number }];
    }),
  };
}

function targetPort({ target }: ServicePort, { containers }: Workload): number | undefined {
  if (typeof target === 'number') return target;
  return containers.flatMap(({ ports }) => ports).find(({ name }) => name === target)?.number;
}
