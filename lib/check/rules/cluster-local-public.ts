import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import type { Problem } from '../finding';
import type { AmbassadorIds } from '../../model/emissary';
import { ambassadorIdOfPods, ambassadorIdsOf, commonIds, EMISSARY_GROUP } from '../../model/emissary';
import { publicServices } from '../../model/policy/outside-callers';
import { internalNamesOf, isClusterLocal } from '../../model/internal-names';
import { at, list, mapping, number, strings, text } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import type { PodTemplate } from '../../model/pod-template';
import type { Rule } from '../rule';
import { selects } from '../../model/selector';
import { servedPorts } from '../../model/served-pods';

/** The variable with which Emissary serves Knative Services. Source: Emissary 4.1.0. */
const KNATIVE_SUPPORT = 'AMBASSADOR_KNATIVE_SUPPORT';

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
    const ports = publicPorts(objects);
    return objects.ofKind(EMISSARY_GROUP, 'Listener').flatMap((listener) => {
      const open = ports.get(number(at(listener.manifest, 'spec', 'port')) ?? 0);
      if (open === undefined) return [];
      const { service, ids } = open;
      return objects
        .ofKind(EMISSARY_GROUP, 'Host')
        .filter((host) => isBound(host, listener) && isServed(host))
        .flatMap((host) => {
          const served = commonIds(ids, ambassadorIdsOf(listener.manifest), ambassadorIdsOf(host.manifest));
          const names = local.filter(({ manifest }) => commonIds(served, ambassadorIdsOf(manifest)).length > 0);
          return problemOf(host, listener, service, names.flatMap(internalNamesOf));
        });
    });
  },
};

function problemOf(
  host: PlatformObject,
  listener: PlatformObject,
  service: PlatformObject,
  names: readonly string[],
): Problem[] {
  const hostname = text(at(host.manifest, 'spec', 'hostname')) ?? '*';
  const name = names.find((one) => covers(hostname, one));
  if (name === undefined) return [];
  const port = number(at(listener.manifest, 'spec', 'port')) ?? 0;
  const message = `"${hostname}" is also for ${name}, which is cluster-local, and ${describeObject(listener.manifest)} serves it on port ${port}, to which ${describeObject(service.manifest)} leads clients outside of the cluster: name public hostnames alone, and give those of the cluster a Listener and a Service of type ClusterIP of their own`;
  return [{ object: host, path: 'spec.hostname', message, value: hostname }];
}

/** Whether a Host's hostname, with `*` in front or behind, is for a name. */
function covers(hostname: string, name: string): boolean {
  if (hostname.startsWith('*')) return name.endsWith(hostname.slice(1));
  return hostname.endsWith('*') ? name.startsWith(hostname.slice(0, -1)) : hostname === name;
}

/** A port of Emissary's pods that is open to clients outside of the cluster. */
interface PublicPort {
  /** One that leads there. */
  readonly service: PlatformObject;

  /** The Ambassadors that the pods are. */
  readonly ids: AmbassadorIds;
}

function publicPorts(objects: ObjectIndex): Map<number, PublicPort> {
  const ports = new Map<number, PublicPort>();
  for (const service of publicServices(objects)) {
    for (const { template, port } of servedPorts(service, objects)) {
      if (!servesKnative(template)) continue;
      const [own, others] = [ambassadorIdOfPods(template), ports.get(port)?.ids ?? []];
      ports.set(port, { service, ids: own === 'every' || others === 'every' ? 'every' : [...others, ...own] });
    }
  }
  return ports;
}

function servesKnative(template: PodTemplate): boolean {
  return template.containers.some(({ fields }) =>
    list(fields.env).some((variable) => at(variable, 'name') === KNATIVE_SUPPORT && at(variable, 'value') !== ''),
  );
}

/** Whether a Listener takes a Host: by the namespace that the Host is in, and by its labels. */
function isBound({ manifest: host }: PlatformObject, { manifest: listener }: PlatformObject): boolean {
  const { namespace, selector } = mapping(at(listener, 'spec', 'hostBinding'));
  const anywhere = at(namespace, 'from') !== 'SELF';
  return (
    (anywhere || host.metadata.namespace === listener.metadata.namespace) &&
    selects(selector, strings(host.metadata.labels))
  );
}

/** Whether requests get more than a redirection to a port that has no certificate. */
function isServed({ manifest: { spec } }: PlatformObject): boolean {
  return at(spec, 'requestPolicy', 'insecure', 'action') === 'Route' || at(spec, 'tlsSecret') !== undefined;
}
