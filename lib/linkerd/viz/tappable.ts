import { PROXY_ENV_ANNOTATION, TAP_ANNOTATION, TAP_VARIABLE, writeProxyEnv } from '../../objects/proxy-env';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { VIZ_NAMESPACE } from './namespace';

/** The identity with which tap calls proxies. */
export const TAP_IDENTITY = `tap.${VIZ_NAMESPACE}.serviceaccount.identity.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`;

/**
 * Annotations of a pod template whose pods can be tapped even if they start before the tap injector, which then leaves them alone. For
 * pod templates only: on a namespace they make the proxy injector answer with a broken patch, and no pod is created any more.
 * Source: Linkerd edge-26.8.3, what its tap injector adds.
 */
export const TAPPABLE: Readonly<Record<string, string>> = {
  [TAP_ANNOTATION]: 'true',
  [PROXY_ENV_ANNOTATION]: writeProxyEnv([{ name: TAP_VARIABLE, value: TAP_IDENTITY }]),
};
