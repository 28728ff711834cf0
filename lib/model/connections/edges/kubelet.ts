import { describeObject } from '../../../objects/manifest';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { at, text, whole } from '../../../objects/json';
import type { Container, Workload } from '../workload';
import { PROXY_CONTAINER } from '../../../objects/inject';

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;

/** Probes and hooks of meshed pods. Those of Linkerd's proxy itself are left out, as all pods of the mesh have them. */
export function kubeletConnections({ workloads, mesh }: Cluster): Connection[] {
  return workloads
    .filter((workload) => !workload.knative && mesh.membership(workload).meshed)
    .flatMap((workload) =>
      workload.containers
        .filter(({ name }) => name !== PROXY_CONTAINER)
        .flatMap((container) => [
          ...PROBES.flatMap((probe) => call(workload, container, container.manifest[probe], 'probes')),
          ...HOOKS.flatMap((hook) =>
            call(workload, container, at(container.manifest, 'lifecycle', hook), `${hook} hook`),
          ),
        ]),
    );
}

function call(workload: Workload, { ports }: Container, handler: unknown, about: string): Connection[] {
  const http = at(handler, 'httpGet');
  const tcp = at(handler, 'tcpSocket');
  const action = http ?? tcp ?? at(handler, 'grpc');
  if (action === undefined) return [];
  const named = at(action, 'port');
  const port = whole(named) ?? ports.find(({ name }) => name === named)?.number;
  if (port === undefined) return [];
  const ownTls = text(at(action, 'scheme')) === 'HTTPS';
  return [
    {
      from: 'kubelet',
      to: workload,
      about,
      port,
      ownTls,
      // Linkerd lets probes over plain HTTP in by itself, and a probe by TCP is content with the proxy's answer.
      ...(about === 'probes' && !ownTls && (http ?? tcp) !== undefined && { admitted: 'probe' }),
      everyPod: about === 'probes',
      knownFrom: describeObject(workload.object.manifest),
    },
  ];
}
