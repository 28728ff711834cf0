import { KUBERNETES_VERSION } from '../syntax/kubernetes-version';

/** A value that goes to a chart. */
export type ChartValue = string | number | boolean | { readonly [key: string]: ChartValue };

/** How a chart is rendered: what `helm template` is given besides the archive. */
export interface Chart {
  /** The name of the Helm release. */
  readonly release: string;

  readonly namespace: string;

  /**
   * Whether the values hold the trust anchors of the mesh.
   *
   * @default false
   */
  readonly takesTrustAnchors?: boolean;

  /** @param trustAnchors the certificates in PEM; empty for a chart that takes none */
  readonly values: (trustAnchors: string) => Readonly<Record<string, ChartValue>>;
}

/** The Kubernetes version that charts are rendered for: the oldest that Knative Serving 1.23 runs on. */
export const KUBE_VERSION = `${KUBERNETES_VERSION}.0`;

/** The key and certificate come from a Secret that the chart does not render. */
const keyFromSecret = (caBundle: string): ChartValue => ({ externalSecret: true, caBundle });

/**
 * The charts by name. Their values leave no key in what is rendered and nothing to the clock: without them, the Linkerd charts make certificates and
 * a schedule for the heartbeat while they render, other ones each time.
 */
export const CHARTS: Readonly<Record<string, Chart>> = {
  'linkerd-crds': { release: 'linkerd-crds', namespace: 'linkerd', values: () => ({}) },
  'linkerd-control-plane': {
    release: 'linkerd-control-plane',
    namespace: 'linkerd',
    takesTrustAnchors: true,
    values: (trustAnchors) => ({
      identityTrustAnchorsPEM: trustAnchors,
      identity: { issuer: { scheme: 'kubernetes.io/tls' } },
      proxyInjector: keyFromSecret(trustAnchors),
      profileValidator: keyFromSecret(trustAnchors),
      policyValidator: keyFromSecret(trustAnchors),
      heartbeatSchedule: '0 0 * * *',
    }),
  },
  'linkerd-viz': {
    release: 'linkerd-viz',
    namespace: 'linkerd-viz',
    takesTrustAnchors: true,
    values: (trustAnchors) => ({ tap: keyFromSecret(trustAnchors), tapInjector: keyFromSecret(trustAnchors) }),
  },
  'emissary-crds-chart': { release: 'emissary-crds', namespace: 'ambassador', values: () => ({}) },
  'emissary-ingress': {
    release: 'ambassador',
    namespace: 'ambassador',
    values: () => ({
      fullnameOverride: 'ambassador',
      replicaCount: 3,
      env: { AMBASSADOR_KNATIVE_SUPPORT: 'true' },
      createDefaultListeners: true,
    }),
  },
};

/** The version of a release's charts. Linkerd's charts of `edge-26.8.3` are 2026.8.3; all others are numbered as their release is. */
export function chartVersion(version: string): string {
  return version.replace(/^edge-(?=\d{2}\.)/, '20');
}
