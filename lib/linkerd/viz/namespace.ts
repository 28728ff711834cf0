import type { NamespaceProps } from '../../namespaces';

/** The namespace of Linkerd's viz extension. */
export const VIZ_NAMESPACE = 'linkerd-viz';

/** How that namespace is declared: meshed, and known to Linkerd's command line tool as an extension. */
export const VIZ_NAMESPACE_PROPS: NamespaceProps = {
  inject: 'enabled',
  labels: { 'linkerd.io/extension': 'viz' },
};

/** The same with the Prometheus that is not viz's own, which `linkerd viz check` looks for there. Source: Linkerd edge-26.8.3, viz's chart. */
export function vizNamespaceProps({ prometheusUrl }: { readonly prometheusUrl?: string }): NamespaceProps {
  if (prometheusUrl === undefined) return VIZ_NAMESPACE_PROPS;
  return { ...VIZ_NAMESPACE_PROPS, annotations: { 'viz.linkerd.io/external-prometheus': prometheusUrl } };
}
