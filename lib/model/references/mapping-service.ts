import { isIP } from 'node:net';
import { at } from '../../objects/json';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { EMISSARY_GROUP, shareAmbassador } from '../emissary';
import type { ObjectIndex } from '../object-index';

/** What the names of Services may end in. */
const ENDING = /\.svc(\.cluster\.local)?\.?$/;

/** A Service by its name. */
export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service of Kubernetes that an address of Emissary names; `undefined` where it may be a name of the DNS, or a resolver of one's own finds it.
 * One without a dot is in the namespace of what names it. Source: Emissary 4.1.0, `qualify_service_name` of its IR.
 *
 * @param address `[scheme://]name[.namespace][:port]`
 * @param referrer the Mapping, or another object of Emissary that has the address
 */
export function serviceOfAddress(
  address: string,
  referrer: PlatformObject,
  objects: ObjectIndex,
): NamedService | undefined {
  const { manifest } = referrer;
  const resolver = at(manifest.spec, 'resolver');
  if (resolver !== undefined && resolver !== 'kubernetes-service') return undefined;
  const host = address.replace(/^[a-z0-9+.-]+:\/\//i, '').replace(/[:/].*$/, '');
  if (host === '' || host === 'localhost' || isIP(host) !== 0) return undefined;
  const [name = '', namespace, ...rest] = host.replace(ENDING, '').split('.');
  if (rest.length > 0) return undefined;
  if (namespace === undefined) {
    const own = { namespace: manifest.metadata.namespace ?? 'default', name };
    return inAmbassadorsNamespace(manifest, objects) ? undefined : own;
  }
  // `example.org` may be a name of the DNS: that it is a Service is sure where there is such a namespace.
  const sure = ENDING.test(host) || isKnownNamespace(namespace, objects);
  return sure ? { namespace, name } : undefined;
}

/** Whether Emissary is told to look for Services without a namespace in its own, which the objects do not tell. */
function inAmbassadorsNamespace(referrer: Manifest, objects: ObjectIndex): boolean {
  return objects
    .ofKind(EMISSARY_GROUP, 'Module')
    .some(
      ({ manifest }) =>
        shareAmbassador(manifest, referrer) &&
        at(manifest.spec, 'config', 'use_ambassador_namespace_for_service_resolution') === true,
    );
}

const isKnownNamespace = (namespace: string, objects: ObjectIndex): boolean =>
  objects.namespace(namespace) !== undefined ||
  ['', 'serving.knative.dev'].some((group) => objects.inNamespace(group, 'Service', namespace).length > 0);
