import type { JsonObject } from '../objects/json';
import { at, list, text } from '../objects/json';
import type { ObjectIndex } from './object-index';

/** A pod, or the template of one. */
export interface TokenPod {
  readonly namespace: string;
  readonly spec: JsonObject;
}

/** Why a pod has no token for its proxy, and where in the pod that stands. */
export interface MissingToken {
  readonly path: string;
  readonly reason: string;
}

/** Where Kubernetes mounts the token of a pod's ServiceAccount into its containers. */
const TOKEN_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

const FIX =
  'set automountServiceAccountToken: true in the pod, which cdk8s-plus renders as false unless it is told, or have Linkerd project tokens';

/**
 * Why the injector passes a pod over for want of a token; `undefined` if it has one. By default proxies have a token of their own, and what a pod
 * says of its ServiceAccount's does not matter. Where Linkerd is installed without (`identity.serviceAccountTokenProjection: false`) they prove
 * their identity with the ServiceAccount's, which Kubernetes mounts unless the pod, or else its ServiceAccount, says otherwise.
 * Source: Linkerd edge-26.8.3, `pkg/inject/report.go` and `inject.go`.
 */
export function missingToken({ namespace, spec }: TokenPod, objects: ObjectIndex): MissingToken | undefined {
  if (at(objects.linkerd, 'identity', 'serviceAccountTokenProjection') !== false) return undefined;
  const because = (path: string, what: string): MissingToken => ({
    path,
    reason: `${what} automountServiceAccountToken: false, and without identity.serviceAccountTokenProjection the injector gives no proxy to a pod without that token: ${FIX}`,
  });
  const own = spec.automountServiceAccountToken;
  if (own === false) return because('spec.automountServiceAccountToken', 'the pod has');
  if (own === true) return undefined;
  const name = text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default';
  const account = objects
    .inNamespace('', 'ServiceAccount', namespace)
    .find(({ manifest }) => manifest.metadata.name === name);
  if (account?.manifest.automountServiceAccountToken !== false) return undefined;
  const mounts = list(at(list(spec.containers)[0], 'volumeMounts'));
  if (mounts.some((mount) => at(mount, 'mountPath') === TOKEN_FOLDER)) return undefined;
  return because('spec.serviceAccountName', `its ServiceAccount ${name} has`);
}
