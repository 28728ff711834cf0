import type { NamespaceProps } from '../../namespaces';
import { ADMISSION_WEBHOOKS_LABEL } from '../../objects/inject';

/** The namespace of Linkerd's control plane. */
export const LINKERD_NAMESPACE = 'linkerd';

/**
 * How that namespace is declared: its pods bring their own proxies, and Linkerd's webhooks leave it alone. Without linkerd-cni
 * {@link PRIVILEGED} is to be added. Source: Linkerd edge-26.8.3, what `linkerd install` makes of it; its charts render no namespace.
 */
export const LINKERD_NAMESPACE_PROPS: NamespaceProps = {
  inject: 'disabled',
  labels: {
    'linkerd.io/is-control-plane': 'true',
    'linkerd.io/control-plane-ns': LINKERD_NAMESPACE,
    [ADMISSION_WEBHOOKS_LABEL]: 'disabled',
  },
};

/** What the namespace needs besides where init containers set up the network. */
export const PRIVILEGED: NamespaceProps = { podSecurity: 'privileged' };

/** What Linkerd's own pods keep to where linkerd-cni sets it up. */
export const RESTRICTED: NamespaceProps = { podSecurity: 'restricted' };
