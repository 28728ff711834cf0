import { at, list, mapping, number, strings, text } from '../objects/json';
import type { PlatformObject } from '../objects/manifest';
import type { AmbassadorIds } from './emissary';
import { ambassadorIdOfPods, ambassadorIdsOf, commonIds, EMISSARY_GROUP } from './emissary';
import type { ObjectIndex } from './object-index';
import type { PodTemplate } from './pod-template';
import { publicServices } from './policy/outside-callers';
import { selects } from './selector';
import { servedPorts } from './served-pods';

/** The variable with which Emissary serves Knative Services. Source: Emissary 4.1.0. */
const KNATIVE_SUPPORT = 'AMBASSADOR_KNATIVE_SUPPORT';

/** Names that Emissary serves on a port to which a Service leads clients outside of the cluster. */
export interface PublicHostnames {
  readonly host: PlatformObject;
  readonly hostname: string;
  readonly listener: PlatformObject;
  readonly port: number;
  readonly service: PlatformObject;

  /** The Ambassadors that serve them. */
  readonly ids: AmbassadorIds;
}

/**
 * The Hosts that are open to clients outside of the cluster, with the Listener that serves each; `undefined` where the objects do not tell: Emissary's
 * pods, what leads to them, or its Listeners are not among them. Emissary serves any name of a Host on every port whose Listener takes the Host.
 */
export function publicHostnames(objects: ObjectIndex): readonly PublicHostnames[] | undefined {
  return objects.once(findPublicHostnames).found;
}

function findPublicHostnames(objects: ObjectIndex): { readonly found: readonly PublicHostnames[] | undefined } {
  const ports = publicPorts(objects);
  const listeners = objects.ofKind(EMISSARY_GROUP, 'Listener');
  if (ports.size === 0 || listeners.length === 0) return { found: undefined };
  const found = listeners.flatMap((listener) => {
    const port = number(at(listener.manifest, 'spec', 'port')) ?? 0;
    const open = ports.get(port);
    if (open === undefined) return [];
    return objects
      .ofKind(EMISSARY_GROUP, 'Host')
      .filter((host) => isBound(host, listener) && isServed(host))
      .map((host) => ({
        host,
        hostname: text(at(host.manifest, 'spec', 'hostname')) ?? '*',
        listener,
        port,
        service: open.service,
        ids: commonIds(open.ids, ambassadorIdsOf(listener.manifest), ambassadorIdsOf(host.manifest)),
      }));
  });
  return { found };
}

/** Whether a Host's hostname, with `*` in front or behind, is for a name. */
export function isForHost(hostname: string, name: string): boolean {
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
