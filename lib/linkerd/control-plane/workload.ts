import type { Construct } from 'constructs';
import type { Container, EnvVar, PodSpec, Volume, VolumeMount } from '../../../imports/kubernetes';
import { Deployment, PodDisruptionBudget } from '../../../imports/kubernetes';
import { DEFAULT_INBOUND_POLICY } from '../../objects/inbound-policy';
import { proxyContainer } from '../proxy/container';
import type { ProxiedComponent } from '../proxy/env';
import { initContainer } from '../proxy/init-container';
import { resourceRequirements } from '../../mesh/resources';
import { proxyVolumes } from '../proxy/volumes';
import { TRUST_ROOT_ANNOTATION, trustRootSha256 } from '../trust-root';
import { LINKERD_VERSION } from './images';
import { componentLabels, componentSelector, CREATED_BY, workloadLabels } from './labels';
import { LINKERD_NAMESPACE } from './namespace';
import { API_ACCESS, API_ACCESS_MOUNT } from './service-account-token';
import type { ControlPlaneContainer } from './props';
import type { ControlPlaneSettings } from './settings';
import { placement } from './settings';

/** The user of the control plane's programs. */
const CONTROLLER_UID = 2103;

/** A program of the control plane, in its container. */
export interface ControllerProps {
  readonly name: string;
  readonly resources: ControlPlaneContainer;
  readonly args: readonly string[];

  /** @default - the image's own */
  readonly command?: readonly string[];

  /** @default - none */
  readonly env?: readonly EnvVar[];

  /**
   * Its ports: number by name.
   *
   * @default - none
   */
  readonly ports?: Readonly<Record<string, number>>;

  /**
   * Where it says whether it lives and is ready.
   *
   * @default - nowhere: it runs to its end
   */
  readonly admin?: { readonly port: number | string; readonly livePath: '/ping' | '/live' };

  /** @default - access to the API server alone */
  readonly volumeMounts?: readonly VolumeMount[];
}

/** The container of a program of the control plane. */
export function controller(settings: ControlPlaneSettings, props: ControllerProps): Container {
  const { name, resources, args, command, env, ports, admin, volumeMounts = [] } = props;
  return {
    name,
    image: settings.image,
    imagePullPolicy: 'IfNotPresent',
    ...(command && { command }),
    args,
    ...(env && { env }),
    ...(ports && {
      ports: Object.entries(ports).map(([portName, containerPort]) => ({ name: portName, containerPort })),
    }),
    ...(admin && {
      livenessProbe: {
        httpGet: { path: admin.livePath, port: admin.port },
        initialDelaySeconds: 10,
        timeoutSeconds: 1,
      },
      readinessProbe: { httpGet: { path: '/ready', port: admin.port }, failureThreshold: 7, timeoutSeconds: 1 },
    }),
    ...resourceRequirements(settings.resources[resources] ?? {}),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: CONTROLLER_UID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [...volumeMounts, API_ACCESS_MOUNT],
  };
}

/** A part of the control plane that always runs. */
export interface WorkloadProps {
  readonly component: ProxiedComponent;
  readonly settings: ControlPlaneSettings;
  readonly replicas: number;
  readonly controllers: readonly ControllerProps[];

  /** Ports of all its programs. */
  readonly inboundPorts: readonly number[];

  /** @default - none */
  readonly requireTlsOnInboundPorts?: readonly number[];

  /** @default - those that every part has */
  readonly volumes?: readonly Volume[];

  /** @default - those that every part has */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /** What its Deployment finds its pods by. It cannot be changed once that is there. */
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** The labels of a part's pods by which metrics name their Deployment. */
export const podLabels = (component: ProxiedComponent): Record<string, string> => ({
  ...componentLabels(component),
  'linkerd.io/proxy-deployment': `linkerd-${component}`,
});

/** The Deployment of a part of the control plane, with a proxy beside its programs. */
export function addWorkload(scope: Construct, props: WorkloadProps): void {
  const { component, settings, replicas, podAnnotations, matchLabels } = props;
  new Deployment(scope, `deployment-${component}`, {
    metadata: {
      name: `linkerd-${component}`,
      namespace: LINKERD_NAMESPACE,
      labels: workloadLabels(component),
      annotations: CREATED_BY,
    },
    spec: {
      replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels },
      ...(settings.strategy && { strategy: settings.strategy }),
      template: {
        metadata: {
          labels: { ...podLabels(component), 'linkerd.io/workload-ns': LINKERD_NAMESPACE },
          annotations: {
            ...CREATED_BY,
            'linkerd.io/proxy-version': LINKERD_VERSION,
            'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true',
            [DEFAULT_INBOUND_POLICY]: 'all-unauthenticated',
            ...podAnnotations,
            ...settings.podAnnotations,
            ...(settings.trustAnchors !== undefined && {
              [TRUST_ROOT_ANNOTATION]: trustRootSha256(settings.trustAnchors),
            }),
          },
        },
        spec: podSpec(props),
      },
    },
  });
}

function podSpec(props: WorkloadProps): PodSpec {
  const { component, settings, controllers, volumes = [], inboundPorts, requireTlsOnInboundPorts } = props;
  const { proxy, cni } = settings;
  const sidecar = proxyContainer({
    component,
    settings: proxy,
    inboundPorts,
    ...(requireTlsOnInboundPorts && { requireTlsOnInboundPorts }),
    // The proxy gets its certificate from the identity service, so beside that one it cannot be the first to be ready.
    first: component !== 'identity',
  });
  const native = sidecar.restartPolicy === 'Always';
  const own = controllers.map((container) => controller(settings, container));
  return {
    ...placement(settings),
    ...(settings.highAvailability && { affinity: spread(component) }),
    automountServiceAccountToken: false,
    initContainers: [initContainer(proxy, cni), ...(native ? [sidecar] : [])],
    containers: native ? own : component === 'identity' ? [...own, sidecar] : [sidecar, ...own],
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    serviceAccountName: `linkerd-${component}`,
    volumes: [...volumes, API_ACCESS, ...proxyVolumes(cni)],
  };
}

/** No two pods of a part on one node, and in different zones where there are some. */
function spread(component: ProxiedComponent): NonNullable<PodSpec['affinity']> {
  const labelSelector = {
    matchExpressions: [{ key: 'linkerd.io/control-plane-component', operator: 'In', values: [component] }],
  };
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'topology.kubernetes.io/zone' } },
      ],
      requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: 'kubernetes.io/hostname' }],
    },
  };
}

/** How many pods of a part a node's drain may take at a time. */
export function addDisruptionBudget(scope: Construct, name: string, component: ProxiedComponent): void {
  new PodDisruptionBudget(scope, `budget-${name}`, {
    metadata: { name, namespace: LINKERD_NAMESPACE, labels: componentLabels(component), annotations: CREATED_BY },
    spec: { maxUnavailable: 1, selector: { matchLabels: componentSelector(component) } },
  });
}
