import { at, text } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import { QUEUE_PROXY_PORTS } from '../../objects/revision-ports';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import { isKnative } from '../pod-template';
import type { ServedPort } from '../served-pods';
import { calledByApiServer, portOf, servedPorts, serviceNamed } from '../served-pods';

/** A call of somebody who never has an identity of the mesh, and must be let in. */
export interface OutsideCall {
  /** `the API server, which calls web,` */
  readonly caller: string;
  readonly served: ServedPort;
}

/** What the API server calls: webhooks, conversion webhooks, aggregated APIs. Each port of pods once. */
export function apiServerCalls(objects: ObjectIndex): OutsideCall[] {
  const calls = calledByApiServer(objects).flatMap(({ namespace, name, port }) => {
    const service = serviceNamed(namespace, name, objects);
    return service === undefined
      ? []
      : servedPorts(service, objects, port).map((served) => ({ service: name, served }));
  });
  const once = new Map(calls.map((call) => [`${call.served.template.object.source}:${call.served.port}`, call]));
  return [...once.values()].map(({ service, served }) => ({
    caller: `the API server, which calls ${service},`,
    served,
  }));
}

/** What the kubelet calls, where that stands in a container, and the scheme with which it counts. */
interface KubeletAction {
  readonly what: string;
  readonly keys: readonly string[];
  readonly scheme?: string;
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

/** Hooks, and probes over HTTPS or by gRPC. Those over plain HTTP are let in by Linkerd itself: see `http-probe.ts`. */
const KUBELET_ACTIONS: readonly KubeletAction[] = [
  ...['postStart', 'preStop'].map((hook) => ({ what: `its ${hook} hook`, keys: ['lifecycle', hook, 'httpGet'] })),
  ...PROBES.map((probe) => ({ what: `its ${probe} over HTTPS`, keys: [probe, 'httpGet'], scheme: 'HTTPS' })),
  ...PROBES.map((probe) => ({ what: `its ${probe} by gRPC`, keys: [probe, 'grpc'] })),
];

/** Of a Knative Service queue-proxy asks for readiness, from within the pod. */
const KNATIVE_ACTIONS = KUBELET_ACTIONS.filter(({ keys }) => !keys.includes('readinessProbe'));

/** What the kubelet calls of a template's pods, and Linkerd does not let in by itself. */
export function kubeletCalls(template: PodTemplate): OutsideCall[] {
  const drain = isKnative(template)
    ? [
        {
          caller: "the kubelet, with queue-proxy's hook that ends requests,",
          served: { template, port: QUEUE_PROXY_PORTS.hooks, portName: undefined },
        },
      ]
    : [];
  const calls = template.containers.flatMap(({ fields }) =>
    (isKnative(template) ? KNATIVE_ACTIONS : KUBELET_ACTIONS).flatMap(({ what, keys, scheme }) => {
      const action = at(fields, ...keys);
      if (action === undefined || (scheme !== undefined && at(action, 'scheme') !== scheme)) return [];
      return portOf(template, at(action, 'port')).map((served) => ({ caller: `the kubelet, with ${what},`, served }));
    }),
  );
  return [...drain, ...calls];
}

/** The Services that clients outside of the cluster come by. */
export const publicServices = (objects: ObjectIndex): PlatformObject[] =>
  objects
    .ofKind('', 'Service')
    .filter(({ manifest }) => ['LoadBalancer', 'NodePort'].includes(text(at(manifest, 'spec', 'type')) ?? ''));
