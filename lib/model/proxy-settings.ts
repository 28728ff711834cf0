import type { Texts } from '../objects/json';
import { at, text } from '../objects/json';
import type { Json } from '../objects/manifest';
import type { MeshPod } from './mesh';
import type { ObjectIndex } from './object-index';

// What a proxy is told when its pod is made, and never again: the injector writes it into the pod.

/**
 * What of Linkerd's values the injector writes into pods.
 * Source: Linkerd edge-26.8.3, `charts/partials/templates/_proxy.tpl`, `_proxy-init.tpl`, `_network-validator.tpl`.
 */
const IN_PODS: readonly (readonly string[])[] = [
  ['proxy'],
  ['proxyInit'],
  ['networkValidator'],
  ['clusterDomain'],
  ['clusterNetworks'],
  ['cniEnabled'],
  ['disableIPv6'],
  ['identity', 'serviceAccountTokenProjection'],
  ['identityTrustDomain'],
  ['imagePullPolicy'],
  ['imagePullSecrets'],
  ['linkerdVersion'],
];

/** What proxies are told by Linkerd's configuration, by the names of its values; `undefined` where it is not among the objects. */
export function proxyValues(objects: ObjectIndex): ReadonlyMap<string, Json | undefined> | undefined {
  if (text(objects.configMap('linkerd', 'linkerd-config').values) === undefined) return undefined;
  return new Map(IN_PODS.map((path) => [path.join('.'), at(objects.linkerd, ...path)]));
}

/**
 * The certificates that proxies trust, which the injector takes from here alone; `undefined` where they are not among the objects.
 * Source: Linkerd edge-26.8.3, `controller/proxy-injector/webhook.go`.
 */
export const trustAnchors = (objects: ObjectIndex): string | undefined =>
  text(objects.configMap('linkerd', 'linkerd-identity-trust-roots')['ca-bundle.crt']);

/** Of a namespace and of a pod the injector takes both. */
const ADDITIONAL_ENV = 'config.linkerd.io/proxy-additional-env';

const OF_LINKERD = /^([\w-]+\.)*linkerd\.io\//;

/** The annotations of a namespace that its pods' proxies take over, which are those that the pods do not have themselves. */
export function inheritedAnnotations(
  { namespace, annotations }: Pick<MeshPod, 'namespace' | 'annotations'>,
  objects: ObjectIndex,
): Texts {
  const all = Object.entries(objects.namespaceAnnotations(namespace));
  return Object.fromEntries(
    all.filter(([key]) => OF_LINKERD.test(key) && (key === ADDITIONAL_ENV || annotations[key] === undefined)),
  );
}
