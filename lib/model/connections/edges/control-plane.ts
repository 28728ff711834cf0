import { describeObject } from '../../../objects/manifest';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import { proxyOf } from '../workload';
import { serviceAddresses } from './addresses';

/** What proxies ask of the control plane, by the variable that has the address. Source: Linkerd edge-26.8.3, its proxy's environment. */
const ASKED = new Map<string, { about: string; when?: string }>(
  Object.entries({
    LINKERD2_PROXY_DESTINATION_SVC_ADDR: { about: 'destination' },
    LINKERD2_PROXY_IDENTITY_SVC_ADDR: { about: 'identity', when: 'the first time by a token of its service account' },
    LINKERD2_PROXY_POLICY_SVC_ADDR: { about: 'policy' },
  }),
);

/** From every proxy to the control plane. Its own pods say where: each of them has the addresses of the others. */
export function controlPlaneConnections({ workloads, services, mesh }: Cluster): Connection[] {
  const meshed = workloads.filter((workload) => mesh.membership(workload).meshed);
  const asked = new Map<string, Omit<Connection, 'from'>>();
  for (const workload of workloads) {
    const { object } = workload;
    for (const [variable, address] of Object.entries(proxyOf(workload)?.env ?? {})) {
      const question = ASKED.get(variable);
      if (question === undefined) continue;
      for (const reference of serviceAddresses(address)) {
        for (const { workload: to, port } of services.behind(reference)) {
          const knownFrom = describeObject(object.manifest);
          asked.set(`${variable} ${to.id}`, {
            ...question,
            to,
            port,
            service: reference,
            ofProxy: true,
            everyPod: true,
            knownFrom,
          });
        }
      }
    }
  }
  if (asked.size === 0) {
    return meshed.map((from) => ({
      from,
      to: 'control-plane',
      about: 'destination, identity, policy',
      ofProxy: true,
      everyPod: true,
      knownFrom: describeObject(from.object.manifest),
    }));
  }
  const questions = [...asked.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, question]) => question);
  return meshed.flatMap((from) => questions.filter(({ to }) => to !== from).map((question) => ({ from, ...question })));
}
