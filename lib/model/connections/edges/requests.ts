import { describeObject } from '../../../objects/manifest';
import { QUEUE_PROXY_PORTS } from '../../../objects/revision-ports';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { at, strings, text } from '../../../objects/json';
import type { Backend } from '../service';
import type { Workload } from '../workload';

/** Names of Serving that no object spells out. Source: Serving 1.23.0, pkg/networking and its autoscaler's configuration. */
const SERVING = {
  config: 'config-network',
  autoscalerConfig: 'config-autoscaler',
  activator: 'activator-service',
  autoscaler: 'autoscaler',
  targetBurstCapacity: '211',
} as const;

const AUTOSCALING = 'autoscaling.knative.dev/';

/** From clients to the pods of Knative Services, and what scales these. */
export function requestConnections(cluster: Cluster): Connection[] {
  const { objects, workloads, services, mesh } = cluster;
  const serving = objects.find(
    ({ manifest }) => manifest.kind === 'ConfigMap' && manifest.metadata.name === SERVING.config,
  );
  const namespace = serving?.manifest.metadata.namespace;
  const knative = workloads.filter((workload) => workload.knative);
  const behind = (name: string, portName: string): Backend | undefined =>
    namespace === undefined
      ? undefined
      : services.behind({ namespace, name }).find(({ servicePort }) => servicePort.name === portName);
  const activator = behind(SERVING.activator, 'http');
  const activatorH2c = behind(SERVING.activator, 'http2');
  const autoscaler = behind(SERVING.autoscaler, 'http');
  const layers = networkingLayerOf(cluster);
  const common = configuredCapacity(cluster, namespace);

  return [
    ...entries(cluster),
    ...knative.flatMap((revision) => {
      const h2c = revision.containers.some(({ ports }) => ports.some(({ name }) => name === 'h2c'));
      const port = QUEUE_PROXY_PORTS[h2c ? 'h2c' : 'http1'];
      const through = h2c ? activatorH2c : activator;
      const { capacity, from } = burstCapacityOf(revision, common);
      return [
        ...layers.flatMap((layer): Connection[] => [
          ...(through === undefined
            ? []
            : [
                {
                  from: layer,
                  to: through.workload,
                  about: 'requests',
                  port: through.port,
                  knownFrom: from,
                  when: whenThroughActivator(capacity),
                },
              ]),
          ...(capacity < 0 && through !== undefined
            ? []
            : [
                {
                  from: layer,
                  to: revision,
                  about: 'requests',
                  port,
                  knownFrom: from,
                  when: whenDirect(capacity),
                },
              ]),
        ]),
        ...(through === undefined
          ? []
          : [{ from: through.workload, to: revision, about: 'requests', port, knownFrom: idOf(revision) }]),
        ...(autoscaler === undefined
          ? []
          : [
              {
                from: autoscaler.workload,
                to: revision,
                about: 'load of queue-proxy',
                port: QUEUE_PROXY_PORTS.metrics,
                knownFrom: idOf(revision),
              },
            ]),
        ...(mesh.membership(revision).meshed ? kubeletsOf(revision) : []),
      ];
    }),
    ...(activator === undefined || autoscaler === undefined
      ? []
      : [
          {
            from: activator.workload,
            to: autoscaler.workload,
            about: 'waiting requests',
            port: autoscaler.port,
            service: { name: autoscaler.service.name, port: autoscaler.servicePort.port },
            knownFrom: `Service ${autoscaler.service.namespace}/${autoscaler.service.name}`,
          },
        ]),
  ];
}

/** What kubelets ask of queue-proxy. */
function kubeletsOf(revision: Workload): Connection[] {
  const call = { from: 'kubelet', to: revision, knownFrom: idOf(revision) } as const;
  const { hooks, http1 } = QUEUE_PROXY_PORTS;
  return [
    { ...call, about: 'drain hook', port: hooks, when: 'before a pod stops' },
    { ...call, about: 'probes', port: http1, everyPod: true, admitted: 'probe' },
  ];
}

const idOf = ({ object }: Workload): string => describeObject(object.manifest);

/** What the platform says carries requests; where it says nothing, what stands behind its LoadBalancers. */
export function networkingLayerOf({ services, networking }: Cluster): Workload[] {
  const backends =
    networking === undefined
      ? services.all.filter(({ type }) => type === 'LoadBalancer').flatMap((service) => services.behind(service))
      : services.behind(networking.publicService);
  return [...new Set(backends.map(({ workload }) => workload))];
}

/** The ways into the cluster: Services that are reachable from outside. */
function entries({ services }: Cluster): Connection[] {
  return services.all
    .filter(({ type }) => type === 'LoadBalancer' || type === 'NodePort')
    .flatMap(({ namespace, name }) =>
      services.behind({ namespace, name }).map(({ workload, service, servicePort, port }): Connection => {
        const https = servicePort.port === 443 || servicePort.name === 'https';
        return {
          from: 'clients',
          to: workload,
          about: https ? 'HTTPS requests' : 'requests',
          port,
          service: { name: service.name, port: servicePort.port },
          ownTls: https,
          knownFrom: `Service ${namespace}/${name}`,
          ...(https && { when: 'where a certificate is configured' }),
        };
      }),
    );
}

/**
 * How many requests more than expected a revision must bear before the activator leaves the path: -1 is never.
 */
function burstCapacityOf(
  revision: Workload,
  { capacity, from = idOf(revision) }: { readonly capacity: number; readonly from?: string },
): { capacity: number; from: string } {
  const own = revision.annotations[`${AUTOSCALING}target-burst-capacity`];
  if (own !== undefined) return { capacity: Number(own), from: idOf(revision) };
  return { capacity, from };
}

/** What the autoscaler's configuration says of all revisions, and where. */
function configuredCapacity(
  { objects }: Cluster,
  namespace: string | undefined,
): { readonly capacity: number; readonly from?: string } {
  const config = objects.find(
    ({ manifest: { kind, metadata } }) =>
      kind === 'ConfigMap' && metadata.name === SERVING.autoscalerConfig && metadata.namespace === namespace,
  );
  const value = strings(at(config?.manifest, 'data'))['target-burst-capacity'];
  return {
    capacity: Number(value ?? SERVING.targetBurstCapacity),
    ...(config !== undefined && { from: describeObject(config.manifest) }),
  };
}

function whenThroughActivator(capacity: number): string {
  if (capacity < 0) return 'always';
  if (capacity === 0) return 'while scaled to zero';
  return `while scaled to zero, or with room for less than ${capacity} more requests`;
}

function whenDirect(capacity: number): string {
  return capacity > 0 ? `with room for ${capacity} more requests` : 'while there are pods';
}

/** The class of Ingresses that Serving makes. */
export function ingressClassOf({ objects }: Pick<Cluster, 'objects'>): string | undefined {
  const config = objects.find(
    ({ manifest }) => manifest.kind === 'ConfigMap' && manifest.metadata.name === SERVING.config,
  );
  return text(at(config?.manifest, 'data', 'ingress-class'));
}
