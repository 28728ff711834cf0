import type { NamespaceProps } from '../../namespaces';

/** The namespace of Linkerd's viz extension. */
export const VIZ_NAMESPACE = 'linkerd-viz';

/** How that namespace is declared: meshed, and known to Linkerd's command line tool as an extension. */
export const VIZ_NAMESPACE_PROPS: NamespaceProps = {
  inject: 'enabled',
  podSecurity: 'privileged',
  labels: { 'linkerd.io/extension': 'viz' },
};
