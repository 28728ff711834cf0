import type { NamespaceProps } from '../../namespaces';

/** The namespace of Linkerd's control plane. */
export const LINKERD_NAMESPACE = 'linkerd';

/**
 * How that namespace is declared: its pods bring their own proxies, Linkerd's webhooks leave it alone, and its init containers
 * set up the network. Source: Linkerd edge-26.8.3, what `linkerd install` makes of it; its charts render no namespace.
 */
export const LINKERD_NAMESPACE_PROPS: NamespaceProps = {
  inject: 'disabled',
  podSecurity: 'privileged',
  labels: {
    'linkerd.io/is-control-plane': 'true',
    'linkerd.io/control-plane-ns': LINKERD_NAMESPACE,
    'config.linkerd.io/admission-webhooks': 'disabled',
  },
};
