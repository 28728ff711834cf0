import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import type { Problem } from '../finding';
import { httpProbes, probeRefusal } from '../../model/policy/http-probe';
import { isRestricted, refusal } from '../../model/policy/inbound-policy';
import { hasOwnProxy, isMeshed } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import type { PodTemplate } from '../../model/pod-template';
import type { Rule } from '../rule';
import type { ServedPort } from '../../model/served-pods';
import { servedPorts } from '../../model/served-pods';
import type { OutsideCall } from '../../model/policy/outside-callers';
import { apiServerCalls, kubeletCalls, publicServices } from '../../model/policy/outside-callers';

const FIX = 'add a Server for the port, with an AuthorizationPolicy that names a NetworkAuthentication';

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
    return [...stopped, ...probes, ...closedServices(objects)];
  },
};

const guarded = ({ template }: ServedPort, objects: ObjectIndex): boolean =>
  !hasOwnProxy(template) && isMeshed(template, objects);

function stoppedCall({ caller, served }: OutsideCall, objects: ObjectIndex): Problem[] {
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

/** Services for clients outside of the cluster of which no port is open to them. */
function closedServices(objects: ObjectIndex): Problem[] {
  return publicServices(objects).flatMap((service) => {
    const ports = servedPorts(service, objects).filter((served) => guarded(served, objects));
    const refusals = ports.flatMap((served) => refusal(served, objects) ?? []);
    const [first] = ports;
    if (first === undefined || refusals.length < ports.length) return [];
    const numbers = ports.map(({ port }) => port).join(', ');
    const message = `clients outside of the cluster, who come through ${describeObject(service.manifest)}, are refused on port ${numbers}: ${refusals[0] ?? ''}: ${FIX}`;
    return [problem(first.template.object, first.template, message)];
  });
}
