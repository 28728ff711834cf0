import type { Construct } from 'constructs';
import type { Container, PodSpec, Toleration } from '../../../imports/kubernetes';
import { Deployment, Service, ServiceAccount } from '../../../imports/kubernetes';
import { INJECT_ANNOTATION } from '../../objects/inject';
import type { Resources } from '../../mesh/resources';
import { resourceRequirements } from '../../mesh/resources';
import { TAPPABLE } from '../viz/tappable';
import { environment } from './environment';
import { GRAFANA, GRAFANA_LABELS, GRAFANA_PORT, HTTP, metadata } from './names';
import { PROVISIONED } from './provisioning';

/** Grafana's pod, with every default filled in. */
export interface GrafanaWorkload {
  readonly image: string;
  readonly prometheusUrl: string;
  readonly resources: Resources;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly podAnnotations: Readonly<Record<string, string>>;
}

/** The user that Grafana's image is made for. */
const USER = 472;

/** What it writes is gone with the pod: it holds nothing that is not provisioned. */
const WRITABLE = { data: '/var/lib/grafana', tmp: '/tmp' } as const;

/** The Deployment of one pod, its ServiceAccount, which is its identity in the mesh, and its Service. */
export function addWorkload(scope: Construct, workload: GrafanaWorkload): void {
  new ServiceAccount(scope, 'account', { metadata: metadata() });
  new Service(scope, 'service', {
    metadata: metadata(),
    spec: { selector: GRAFANA_LABELS, ports: [{ name: HTTP, port: GRAFANA_PORT, targetPort: HTTP }] },
  });
  new Deployment(scope, 'deployment', {
    metadata: metadata(),
    spec: {
      replicas: 1,
      selector: { matchLabels: GRAFANA_LABELS },
      template: {
        metadata: {
          labels: GRAFANA_LABELS,
          annotations: { ...TAPPABLE, ...workload.podAnnotations, [INJECT_ANNOTATION]: 'enabled' },
        },
        spec: podSpec(workload),
      },
    },
  });
}

function podSpec(workload: GrafanaWorkload): PodSpec {
  const { nodeSelector, tolerations } = workload;
  return {
    nodeSelector,
    ...(tolerations.length > 0 && { tolerations }),
    serviceAccountName: GRAFANA,
    automountServiceAccountToken: false,
    securityContext: { fsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container(workload)],
    volumes: [
      ...Object.keys(WRITABLE).map((name) => ({ name, emptyDir: {} })),
      ...Object.values(PROVISIONED).map(({ configMap: name }) => ({ name, configMap: { name } })),
    ],
  };
}

function container({ image, prometheusUrl, resources }: GrafanaWorkload): Container {
  const httpGet = { path: '/api/health', port: HTTP };
  return {
    name: GRAFANA,
    image,
    env: environment(prometheusUrl),
    ports: [{ name: HTTP, containerPort: GRAFANA_PORT }],
    // It makes its database first: up to five minutes.
    startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 60 },
    livenessProbe: { httpGet },
    readinessProbe: { httpGet },
    ...resourceRequirements(resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: USER,
      runAsNonRoot: true,
      runAsUser: USER,
    },
    volumeMounts: [
      ...Object.entries(WRITABLE).map(([name, mountPath]) => ({ name, mountPath })),
      ...Object.values(PROVISIONED).map(({ configMap: name, mountPath }) => ({ name, mountPath, readOnly: true })),
    ],
  };
}
