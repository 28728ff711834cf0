import { ambassadorIdsOf, commonIds } from '../../model/emissary';
import type { PublicHostnames } from '../../model/emissary-hosts';
import { isForHost, publicHostnames } from '../../model/emissary-hosts';
import { internalNamesOf, isClusterLocal } from '../../model/internal-names';
import { describeObject } from '../../objects/manifest';
import type { Problem } from '../finding';
import type { Rule } from '../rule';

/**
 * Emissary takes the names of a cluster-local service as it takes any other, on every port whose Listener has a Host for them: what keeps
 * them apart is what Listeners and Hosts say.
 */
export const clusterLocalPublic: Rule = {
  id: 'cluster-local-public',
  group: 'knative',
  severity: 'error',
  title: 'no cluster-local Knative Service answers on a port that is public',
  check: (objects) => {
    const local = ['Service', 'Route']
      .flatMap((kind) => objects.ofKind('serving.knative.dev', kind))
      .filter(isClusterLocal);
    if (local.length === 0) return [];
    return (publicHostnames(objects) ?? []).flatMap((open) => {
      const served = local.filter(({ manifest }) => commonIds(open.ids, ambassadorIdsOf(manifest)).length > 0);
      return problemOf(open, served.flatMap(internalNamesOf));
    });
  },
};

function problemOf({ host, hostname, listener, port, service }: PublicHostnames, names: readonly string[]): Problem[] {
  const name = names.find((one) => isForHost(hostname, one));
  if (name === undefined) return [];
  const message = `"${hostname}" is also for ${name}, which is cluster-local, and ${describeObject(listener.manifest)} serves it on port ${port}, to which ${describeObject(service.manifest)} leads clients outside of the cluster: name public hostnames alone, and give those of the cluster a Listener and a Service of type ClusterIP of their own`;
  return [{ object: host, path: 'spec.hostname', message, value: hostname }];
}
