import type { Construct } from 'constructs';
import { ConfigMap } from '../../../imports/kubernetes';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { TRUST_ROOTS } from '../proxy/env';
import { trimmedPem } from '../trust-root';
import { componentLabels, CREATED_BY } from './labels';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';
import { addWorkload, podLabels } from './workload';

/** How the identity service issues certificates. Source: Linkerd edge-26.8.3, the chart's values `identity`. */
export const ISSUANCE = {
  scheme: 'kubernetes.io/tls',
  issuanceLifetime: '24h0m0s',
  clockSkewAllowance: '20s',
  clientQPS: 100,
  clientBurst: 200,
} as const;

/** Issues the proxies' certificates, with the issuer of the Secret `linkerd-identity-issuer`, and publishes the trust anchors. */
export function addIdentity(scope: Construct, settings: ControlPlaneSettings): void {
  if (settings.trustAnchors !== undefined) addTrustRoots(scope, settings.trustAnchors);
  addWorkload(scope, {
    component: 'identity',
    settings,
    replicas: settings.replicas,
    matchLabels: podLabels('identity'),
    inboundPorts: [8080, 9990],
    requireTlsOnInboundPorts: [8080],
    controllers: [
      {
        name: 'identity',
        resources: 'identity',
        args: [
          'identity',
          `-log-level=${settings.logLevel}`,
          `-log-format=${settings.logFormat}`,
          `-controller-namespace=${LINKERD_NAMESPACE}`,
          `-identity-trust-domain=${CLUSTER_DOMAIN}`,
          `-identity-issuance-lifetime=${ISSUANCE.issuanceLifetime}`,
          `-identity-clock-skew-allowance=${ISSUANCE.clockSkewAllowance}`,
          `-identity-scheme=${ISSUANCE.scheme}`,
          '-enable-pprof=false',
          `-kube-apiclient-qps=${ISSUANCE.clientQPS}`,
          `-kube-apiclient-burst=${ISSUANCE.clientBurst}`,
        ],
        // The image's entry point waits for the proxy unless this is set; the text is the reason that it logs.
        env: [{ name: 'LINKERD_DISABLED', value: 'identity starts before its proxy' }],
        ports: { 'ident-grpc': 8080, 'ident-admin': 9990 },
        admin: { port: 9990, livePath: '/ping' },
        volumeMounts: [
          { name: 'identity-issuer', mountPath: '/var/run/linkerd/identity/issuer' },
          { name: 'trust-roots', mountPath: '/var/run/linkerd/identity/trust-roots/' },
        ],
      },
    ],
    volumes: [
      { name: 'identity-issuer', secret: { secretName: 'linkerd-identity-issuer' } },
      { name: 'trust-roots', configMap: { name: TRUST_ROOTS.configMap } },
    ],
  });
}

function addTrustRoots(scope: Construct, trustAnchors: string): void {
  new ConfigMap(scope, 'trust-roots', {
    metadata: {
      name: TRUST_ROOTS.configMap,
      namespace: LINKERD_NAMESPACE,
      labels: componentLabels('identity'),
      annotations: CREATED_BY,
    },
    data: { [TRUST_ROOTS.key]: trimmedPem(trustAnchors) },
  });
}
