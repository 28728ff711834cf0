import type { DeploymentProps, PodSpec, Toleration } from '../../../imports/kubernetes';
import type { Namespaces } from '../../namespaces';
import type { ProxyConfig } from '../../mesh/proxy-config';
import type { Resources } from '../../mesh/resources';
import type { DefaultInboundPolicy, ProxySettings } from '../proxy/settings';
import { proxySettings } from '../proxy/settings';
import type { ControlPlaneContainer, LinkerdControlPlaneProps, LogLevel } from './props';
import { linkerdImage } from './images';

/** The control plane with every default filled in. */
export interface ControlPlaneSettings {
  /** The trust anchors, with one line break at their end. @default - they are written in the cluster */
  readonly trustAnchors?: string;

  /** The CA of the webhooks' certificates, with one line break at its end. @default - it is put in in the cluster */
  readonly webhookCaBundle?: string;

  readonly namespaces: Namespaces;
  readonly highAvailability: boolean;
  readonly replicas: number;
  readonly injectorReplicas: number;
  readonly strategy: NonNullable<DeploymentProps['spec']>['strategy'];
  readonly validatorFailurePolicy: 'Ignore' | 'Fail';
  readonly proxy: ProxySettings;
  readonly cni: boolean;
  readonly defaultInboundPolicy: DefaultInboundPolicy;
  readonly probeNetworks: readonly string[];
  readonly resources: Readonly<Partial<Record<ControlPlaneContainer, Resources>>>;
  readonly heartbeat: boolean;
  readonly heartbeatSchedule: string;

  /** Empty: the Prometheus of viz. */
  readonly prometheusUrl: string;

  readonly logLevel: LogLevel;
  readonly logFormat: 'plain' | 'json';
  readonly image: string;

  /** @default - Linkerd's own registry */
  readonly imageRegistry?: string;

  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];

  /** Empty: the cluster's default. */
  readonly priorityClassName: string;

  readonly podAnnotations: Readonly<Record<string, string>>;
}

/** Private address ranges, in which the addresses of nearly all clusters are. */
export const CLUSTER_NETWORKS = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'];

/** Every address. */
export const ANY_NETWORK = ['0.0.0.0/0', '::/0'];

/** What Linkerd's values for high availability keep for each container. Source: Linkerd edge-26.8.3, `values-ha.yaml`. */
const HIGHLY_AVAILABLE: Resources = { cpuRequest: '100m', memoryRequest: '50Mi', memoryLimit: '250Mi' };
const HIGHLY_AVAILABLE_PROXY: ProxyConfig = { cpuRequest: '100m', memoryRequest: '20Mi', memoryLimit: '250Mi' };
const HIGHLY_AVAILABLE_RESOURCES: ControlPlaneSettings['resources'] = {
  destination: HIGHLY_AVAILABLE,
  heartbeat: HIGHLY_AVAILABLE,
  identity: { ...HIGHLY_AVAILABLE, memoryRequest: '10Mi' },
  proxyInjector: HIGHLY_AVAILABLE,
  spValidator: HIGHLY_AVAILABLE,
};

/** What is asked of the proxies of the whole mesh. */
export function proxyOf({
  highAvailability = false,
  proxy,
}: Pick<LinkerdControlPlaneProps, 'highAvailability' | 'proxy'>): ProxyConfig {
  return { ...(highAvailability && HIGHLY_AVAILABLE_PROXY), ...proxy };
}

/** What the constructor's props make of Linkerd's own values. */
export function controlPlaneSettings(props: LinkerdControlPlaneProps): ControlPlaneSettings {
  const { highAvailability = false, replicas = highAvailability ? 3 : 1, imageRegistry } = props;
  return {
    ...(props.trustAnchors !== undefined && { trustAnchors: `${props.trustAnchors.trim()}\n` }),
    ...(props.webhookCaBundle !== undefined && { webhookCaBundle: `${props.webhookCaBundle.trim()}\n` }),
    namespaces: props.namespaces,
    highAvailability,
    replicas,
    injectorReplicas: props.injectorReplicas ?? Math.max(2, replicas),
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: highAvailability ? 1 : '25%' } },
    validatorFailurePolicy: props.validatorFailurePolicy ?? 'Ignore',
    proxy: proxySettings(proxyOf(props), props.clusterNetworks ?? CLUSTER_NETWORKS, imageRegistry),
    cni: props.cni ?? false,
    defaultInboundPolicy: props.defaultInboundPolicy ?? 'all-unauthenticated',
    probeNetworks: props.probeNetworks ?? ANY_NETWORK,
    resources: { ...(highAvailability && HIGHLY_AVAILABLE_RESOURCES), ...props.resources },
    heartbeat: props.heartbeat ?? true,
    heartbeatSchedule: `0 ${props.heartbeatHour ?? 0} * * *`,
    prometheusUrl: props.prometheusUrl ?? '',
    logLevel: props.logLevel ?? 'info',
    logFormat: props.logFormat ?? 'plain',
    image: linkerdImage('controller', imageRegistry),
    ...(imageRegistry !== undefined && { imageRegistry }),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    tolerations: props.tolerations ?? [],
    priorityClassName: props.priorityClassName ?? '',
    podAnnotations: props.podAnnotations ?? {},
  };
}

/** Where the pods of the control plane run. */
export function placement({
  nodeSelector,
  tolerations,
  priorityClassName,
}: Pick<ControlPlaneSettings, 'nodeSelector' | 'tolerations' | 'priorityClassName'>): Pick<
  PodSpec,
  'nodeSelector' | 'tolerations' | 'priorityClassName'
> {
  return {
    nodeSelector,
    ...(tolerations.length > 0 && { tolerations }),
    ...(priorityClassName !== '' && { priorityClassName }),
  };
}
