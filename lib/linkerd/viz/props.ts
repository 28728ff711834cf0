import type { Toleration } from '../../../imports/kubernetes';
import type { LogLevel } from '../control-plane/props';
import type { Resources } from '../../mesh/resources';
import type { VizComponent } from './labels';

export interface LinkerdVizProps {
  /**
   * The CA of the certificates of tap's API and of the tap injector's webhook: certificates in PEM.
   *
   * @default - cert-manager puts the CA of their own Certificates in
   */
  readonly webhookCaBundle?: string;

  /**
   * A Prometheus that scrapes the mesh already. Viz then brings none of its own.
   *
   * @default - viz's own, which keeps figures for six hours and forgets them when it restarts
   */
  readonly prometheusUrl?: string;

  /**
   * The Grafana that the dashboard leads to: host and port within the cluster, through which it passes requests on, or the URL under
   * which browsers reach it. It must have dashboards of the ids `linkerd-deployment` and so on.
   *
   * @default - none: the dashboard shows no links
   */
  readonly grafanaUrl?: string;

  /**
   * How many pods of each part run, 1 to 100. Prometheus and its figures are one pod.
   *
   * @default 1
   */
  readonly replicas?: Readonly<Partial<Record<Exclude<VizComponent, 'prometheus'>, number>>>;

  /**
   * Resources of the parts, each in place of all that is its default; `{}` is none.
   *
   * @default - 100m of CPU, 50Mi of memory and at most 250Mi; for Prometheus 300m, 300Mi and at most 8Gi, Linkerd's own values for
   *   high availability
   */
  readonly resources?: Readonly<Partial<Record<VizComponent, Resources>>>;

  /**
   * Address ranges of the nodes, whose kubelets may probe the pods.
   *
   * @default - every address
   */
  readonly nodeNetworks?: readonly string[];

  /**
   * Address ranges from which the API server calls tap and the tap injector.
   *
   * @default - every address
   */
  readonly apiServerNetworks?: readonly string[];

  /** @default 'info' */
  readonly logLevel?: Exclude<LogLevel, 'trace'>;

  /** @default 'plain' */
  readonly logFormat?: 'plain' | 'json';

  /**
   * The registry that all images come from, under their own paths: `registry.example.com` makes
   * `registry.example.com/linkerd/web` and `registry.example.com/prom/prometheus`.
   *
   * @default - `cr.l5d.io` for Linkerd's, Docker's for Prometheus
   */
  readonly imageRegistry?: string;

  /**
   * Labels of the nodes that viz runs on, besides `kubernetes.io/os: linux`.
   *
   * @default - no others
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /**
   * Taints that viz's pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];

  /**
   * Annotations of viz's pods besides its own, for example Linkerd's `config.linkerd.io/proxy-cpu-request`.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}
