import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';

/** The common names of the certificate authorities. The first two are Linkerd's own. */
export const AUTHORITY_NAMES = {
  trustAnchor: `root.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`,
  issuer: `identity.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`,
  webhookCa: `webhook.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`,
} as const;

/** The Secret that Linkerd's identity service issues the proxies' certificates with. */
export const ISSUER_SECRET = 'linkerd-identity-issuer';
