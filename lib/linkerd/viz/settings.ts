import type { Toleration } from '../../../imports/kubernetes';
import { linkerdImage } from '../control-plane/images';
import { VIZ_PROMETHEUS_URL } from '../control-plane/heartbeat';
import { ANY_NETWORK } from '../control-plane/settings';
import type { Resources } from '../../mesh/resources';
import type { VizComponent } from './labels';
import type { LinkerdVizProps } from './props';
import { VIZ_RESOURCES } from './resources';

/** Prometheus has no part in Linkerd's version. */
const PROMETHEUS_IMAGE = 'prom/prometheus:v2.55.1';

/** Viz with every default filled in. */
export interface VizSettings {
  /** @default - it is put in in the cluster */
  readonly webhookCaBundle?: string;
  readonly prometheusUrl: string;

  /** Whether viz brings its own Prometheus. */
  readonly ownPrometheus: boolean;

  /** @default - none */
  readonly grafanaUrl?: string;
  readonly replicas: Readonly<Partial<Record<VizComponent, number>>>;
  readonly resources: Readonly<Record<VizComponent, Resources>>;
  readonly nodeNetworks: readonly string[];
  readonly apiServerNetworks: readonly string[];
  readonly logLevel: NonNullable<LinkerdVizProps['logLevel']>;
  readonly logFormat: 'plain' | 'json';
  readonly images: Readonly<Record<VizComponent, string>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly podAnnotations: Readonly<Record<string, string>>;
}

/** What the constructor's props make of viz's own values. */
export function vizSettings(props: LinkerdVizProps): VizSettings {
  const { imageRegistry, grafanaUrl } = props;
  const tap = linkerdImage('tap', imageRegistry);
  return {
    ...(props.webhookCaBundle !== undefined && { webhookCaBundle: props.webhookCaBundle }),
    prometheusUrl: props.prometheusUrl ?? VIZ_PROMETHEUS_URL,
    ownPrometheus: props.prometheusUrl === undefined,
    ...(grafanaUrl !== undefined && { grafanaUrl }),
    replicas: props.replicas ?? {},
    resources: { ...VIZ_RESOURCES, ...props.resources },
    nodeNetworks: props.nodeNetworks ?? ANY_NETWORK,
    apiServerNetworks: props.apiServerNetworks ?? ANY_NETWORK,
    logLevel: props.logLevel ?? 'info',
    logFormat: props.logFormat ?? 'plain',
    images: {
      'metrics-api': linkerdImage('metrics-api', imageRegistry),
      prometheus: imageRegistry === undefined ? PROMETHEUS_IMAGE : `${imageRegistry}/${PROMETHEUS_IMAGE}`,
      tap,
      'tap-injector': tap,
      web: linkerdImage('web', imageRegistry),
    },
    nodeSelector: { 'kubernetes.io/os': 'linux', ...props.nodeSelector },
    tolerations: props.tolerations ?? [],
    podAnnotations: props.podAnnotations ?? {},
  };
}
