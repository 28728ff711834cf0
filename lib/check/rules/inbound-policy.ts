import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { QUEUE_PROXY_PORTS } from '../../objects/revision-ports';
import type { Problem } from '../finding';
import { httpProbes, probeRefusal } from '../../model/policy/http-probe';
import { isRestricted, refusal } from '../../model/policy/inbound-policy';
import { at, text } from '../../objects/json';
import { hasOwnProxy, isMeshed } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import type { PodTemplate } from '../../model/pod-template';
import { isKnative } from '../../model/pod-template';
import type { Rule } from '../rule';
import type { ServedPort } from '../../model/served-pods';
import { calledByApiServer, portOf, servedPorts, serviceNamed } from '../../model/served-pods';

const FIX = 'add a Server for the port, with an AuthorizationPolicy that names a NetworkAuthentication';

/** A caller without an identity of the mesh, and where it calls. */
interface Call {
  readonly caller: string;
  readonly served: ServedPort;
}

/** Linkerd authorizes kubelets' probes over plain HTTP by itself where no HTTPRoute does, and nobody else who is outside of the mesh. */
export const inboundPolicy: Rule = {
  id: 'inbound-policy',
  group: 'mesh',
  severity: 'error',
  title: 'no inbound policy stops a caller that has no identity of the mesh and must be let in',
  check: (objects) => {
    const restricted = objects.podTemplates.filter((template) => isRestricted(template, objects));
    const calls = [...apiServerCalls(objects), ...restricted.flatMap(kubeletCalls)];
    const stopped = calls.flatMap((call) => stoppedCall(call, objects));
    const probes = restricted.flatMap((template) => stoppedProbes(template, objects));
    return [...stopped, ...probes, ...publicServices(objects)];
  },
};

const guarded = ({ template }: ServedPort, objects: ObjectIndex): boolean =>
  !hasOwnProxy(template) && isMeshed(template, objects);

function stoppedCall({ caller, served }: Call, objects: ObjectIndex): Problem[] {
  const reason = guarded(served, objects) ? refusal(served, objects) : undefined;
  if (reason === undefined) return [];
  return [
    problem(
      served.template.object,
      served.template,
      `${caller} has no identity of the mesh and is refused on port ${served.port}: ${reason}: ${FIX}`,
    ),
  ];
}

/** Probes over plain HTTP, once for what is asked at a port. */
function stoppedProbes(template: PodTemplate, objects: ObjectIndex): Problem[] {
  const stopped = new Map<string, Problem>();
  for (const probe of httpProbes(template)) {
    const { what, served, request } = probe;
    const refused = guarded(served, objects) ? probeRefusal(probe, objects) : undefined;
    const key = `${served.port} ${request.path}`;
    if (refused === undefined || stopped.has(key)) continue;
    const message = `the kubelet, with ${what} (${request.method} ${request.path}), has no identity of the mesh and is refused on port ${served.port}: ${refused.reason}: ${refused.fix}`;
    stopped.set(key, problem(template.object, template, message));
  }
  return [...stopped.values()];
}

const problem = (object: PlatformObject, { path }: PodTemplate, message: string): Problem => ({
  object,
  path,
  message,
});

function apiServerCalls(objects: ObjectIndex): Call[] {
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

/** What the kubelet calls without an identity, where that stands in a container, and the scheme with which it counts. */
interface KubeletAction {
  readonly what: string;
  readonly keys: readonly string[];
  readonly scheme?: string;
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

/** Hooks, and probes over HTTPS or by gRPC. */
const KUBELET_ACTIONS: readonly KubeletAction[] = [
  ...['postStart', 'preStop'].map((hook) => ({ what: `its ${hook} hook`, keys: ['lifecycle', hook, 'httpGet'] })),
  ...PROBES.map((probe) => ({ what: `its ${probe} over HTTPS`, keys: [probe, 'httpGet'], scheme: 'HTTPS' })),
  ...PROBES.map((probe) => ({ what: `its ${probe} by gRPC`, keys: [probe, 'grpc'] })),
];

function kubeletCalls(template: PodTemplate): Call[] {
  const drain = isKnative(template)
    ? [
        {
          caller: "the kubelet, with queue-proxy's hook that ends requests,",
          served: { template, port: QUEUE_PROXY_PORTS.hooks, portName: undefined },
        },
      ]
    : [];
  const actions = isKnative(template)
    ? KUBELET_ACTIONS.filter(({ keys }) => !keys.includes('readinessProbe'))
    : KUBELET_ACTIONS;
  const calls = template.containers.flatMap(({ fields }) =>
    actions.flatMap(({ what, keys, scheme }) => {
      const action = at(fields, ...keys);
      if (action === undefined || (scheme !== undefined && at(action, 'scheme') !== scheme)) return [];
      return portOf(template, at(action, 'port')).map((served) => ({ caller: `the kubelet, with ${what},`, served }));
    }),
  );
  return [...drain, ...calls];
}

/** Services for clients outside of the cluster of which no port is open to them. */
function publicServices(objects: ObjectIndex): Problem[] {
  return objects
    .ofKind('', 'Service')
    .filter(({ manifest }) => ['LoadBalancer', 'NodePort'].includes(text(at(manifest, 'spec', 'type')) ?? ''))
    .flatMap((service) => {
      const ports = servedPorts(service, objects).filter((served) => guarded(served, objects));
      const refusals = ports.flatMap((served) => refusal(served, objects) ?? []);
      const [first] = ports;
      if (first === undefined || refusals.length < ports.length) return [];
      const numbers = ports.map(({ port }) => port).join(', ');
      const message = `clients outside of the cluster, who come through ${describeObject(service.manifest)}, are refused on port ${numbers}: ${refusals[0] ?? ''}: ${FIX}`;
      return [problem(first.template.object, first.template, message)];
    });
}
