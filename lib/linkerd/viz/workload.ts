import type { Construct } from 'constructs';
import type { Container, PodSpec, ServicePort, Volume } from '../../../imports/kubernetes';
import { Deployment, Service } from '../../../imports/kubernetes';
import { LINKERD_VERSION } from '../control-plane/images';
import { API_ACCESS, API_ACCESS_MOUNT } from '../control-plane/service-account-token';
import { resourceRequirements } from '../../mesh/resources';
import type { VizComponent } from './labels';
import { componentLabels, CREATED_BY, INJECTED, objectLabels } from './labels';
import { VIZ_NAMESPACE } from './namespace';
import { TAPPABLE } from './tappable';
import type { VizSettings } from './settings';

/** A part of viz: a Deployment of one container, and a Service for it. */
export interface VizWorkloadProps {
  readonly component: VizComponent;
  readonly settings: VizSettings;

  /** What of its container is its own. */
  readonly container: Pick<Container, 'args' | 'livenessProbe' | 'readinessProbe' | 'volumeMounts'> & {
    /** Its ports: number by name. */
    readonly ports: Readonly<Record<string, number>>;
  };

  /** The user and group that it runs as. */
  readonly user: number;

  /** The Service's ports. */
  readonly servicePorts: readonly ServicePort[];

  /** @default - none but the access to the API server */
  readonly volumes?: readonly Volume[];

  /** @default - the pods' labels */
  readonly matchLabels?: Readonly<Record<string, string>>;

  /**
   * The group that owns the files of its volumes.
   *
   * @default - none
   */
  readonly fsGroup?: number;

  /**
   * Whether a node may be taken away though the pod has files on it.
   *
   * @default true
   */
  readonly evictable?: boolean;

  /** @default - the release's version */
  readonly version?: 'unsaid';
}

/** The probes of Linkerd's own programs. */
export const probes = (port: number): Required<Pick<Container, 'livenessProbe' | 'readinessProbe'>> => ({
  livenessProbe: { httpGet: { path: '/ping', port }, initialDelaySeconds: 10 },
  readinessProbe: { httpGet: { path: '/ready', port }, failureThreshold: 7 },
});

/** The user of Linkerd's own programs. */
export const LINKERD_USER = 2103;

/** The Service and the Deployment of a part of viz. The proxy injector adds the proxy. */
export function addWorkload(scope: Construct, props: VizWorkloadProps): void {
  const { component, settings, servicePorts, version, evictable = true } = props;
  const labels = objectLabels(component);
  const metadata = { name: component, namespace: VIZ_NAMESPACE };
  new Service(scope, `service-${component}`, {
    metadata: { ...metadata, labels, annotations: { ...CREATED_BY, ...INJECTED } },
    spec: { type: 'ClusterIP', selector: componentLabels(component), ports: servicePorts },
  });
  new Deployment(scope, `deployment-${component}`, {
    metadata: {
      ...metadata,
      labels: {
        ...labels,
        'app.kubernetes.io/name': component,
        'app.kubernetes.io/part-of': 'Linkerd',
        ...(version === undefined && { 'app.kubernetes.io/version': LINKERD_VERSION }),
      },
      annotations: { ...CREATED_BY, ...INJECTED, 'config.linkerd.io/proxy-await': 'enabled' },
    },
    spec: {
      replicas: settings.replicas[component] ?? 1,
      revisionHistoryLimit: 10,
      selector: { matchLabels: props.matchLabels ?? labels },
      template: {
        metadata: {
          labels,
          annotations: {
            ...CREATED_BY,
            ...INJECTED,
            'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': '0',
            ...(evictable && { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' }),
            ...TAPPABLE,
            ...settings.podAnnotations,
          },
        },
        spec: podSpec(props),
      },
    },
  });
}

function podSpec(props: VizWorkloadProps): PodSpec {
  const { component, settings, container, user, volumes = [], fsGroup } = props;
  const { ports, volumeMounts = [], ...own } = container;
  return {
    nodeSelector: settings.nodeSelector,
    ...(settings.tolerations.length > 0 && { tolerations: settings.tolerations }),
    automountServiceAccountToken: false,
    containers: [
      {
        ...own,
        name: component,
        image: settings.images[component],
        imagePullPolicy: 'IfNotPresent',
        ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
        ...resourceRequirements(settings.resources[component]),
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsGroup: user,
          runAsNonRoot: true,
          runAsUser: user,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumeMounts: [...volumeMounts, API_ACCESS_MOUNT],
      },
    ],
    securityContext: { ...(fsGroup !== undefined && { fsGroup }), seccompProfile: { type: 'RuntimeDefault' } },
    serviceAccountName: component,
    volumes: [...volumes, API_ACCESS],
  };
}
