import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { VIZ_NAMESPACE } from './namespace';

/** What Prometheus does with the labels of a target, or of a sample of it, before it keeps them. */
interface RelabelConfig {
  /** @default 'replace' */
  readonly action?: 'drop' | 'keep' | 'labeldrop' | 'labelmap' | 'replace';

  /** The labels whose values are looked at, with `;` between them. @default [] */
  readonly source_labels?: readonly string[];

  /** What those must match as a whole, in Go's syntax. @default '(.*)' */
  readonly regex?: string;

  /** The label that is written. @default - none, as all but `replace` have it */
  readonly target_label?: string;

  /** What is written, `$1` being the first group of the match. @default '$1' */
  readonly replacement?: string;
}

/** A kind of targets: where they are found, and what becomes of their labels. */
interface ScrapeConfig {
  readonly job_name: string;

  /** @default 'http' */
  readonly scheme?: 'https';

  /** @default - the certificate authorities of the image */
  readonly tls_config?: { readonly ca_file: string; readonly insecure_skip_verify: boolean };

  /** @default - none is sent */
  readonly bearer_token_file?: string;

  /** @default - none */
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];

  /** @default - none */
  readonly kubernetes_sd_configs?: readonly {
    readonly role: 'node' | 'pod';

    /** @default - all of them */
    readonly namespaces?: { readonly names: readonly string[] };
  }[];

  /** For targets, before they are asked. @default [] */
  readonly relabel_configs?: readonly RelabelConfig[];

  /** For what they answered. @default [] */
  readonly metric_relabel_configs?: readonly RelabelConfig[];
}

/** A configuration of Prometheus, as far as viz has one. */
export interface PrometheusConfig {
  readonly global: {
    readonly evaluation_interval: string;
    readonly scrape_interval: string;
    readonly scrape_timeout: string;
  };
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly ScrapeConfig[];
}

const POD = '__meta_kubernetes_pod';
const CONTAINER_NAME = `${POD}_container_name`;
const PORT_NAME = `${POD}_container_port_name`;
const PROXY_JOB = `${POD}_label_linkerd_io_proxy_job`;

const keep = (source_labels: readonly string[], regex: string): RelabelConfig => ({
  action: 'keep',
  source_labels,
  regex,
});
const copy = (source: string, target_label: string): RelabelConfig => ({
  action: 'replace',
  source_labels: [source],
  target_label,
});
const map = (regex: string, replacement?: string): RelabelConfig => ({
  action: 'labelmap',
  regex,
  ...(replacement !== undefined && { replacement }),
});
const drop = (regex: string): RelabelConfig => ({ action: 'labeldrop', regex });

/** The proxies have a job of their own; their containers' names tell the parts of the control plane apart. */
const ADMIN_PORTS_OF_CONTROLLERS = [
  { action: 'drop', source_labels: [PORT_NAME], regex: 'linkerd-admin' },
  copy(CONTAINER_NAME, 'component'),
] as const;

const SCRAPES: readonly ScrapeConfig[] = [
  { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9090'] }] },
  {
    // What the nodes use, by way of the API server.
    job_name: 'kubernetes-nodes-cadvisor',
    scheme: 'https',
    tls_config: {
      ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
      insecure_skip_verify: true,
    },
    bearer_token_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    kubernetes_sd_configs: [{ role: 'node' }],
    relabel_configs: [
      map('__meta_kubernetes_node_label_(.+)'),
      { target_label: '__address__', replacement: 'kubernetes.default.svc:443' },
      {
        source_labels: ['__meta_kubernetes_node_name'],
        regex: '(.+)',
        target_label: '__metrics_path__',
        replacement: '/api/v1/nodes/$1/proxy/metrics/cadvisor',
      },
    ],
    metric_relabel_configs: [
      keep(['__name__'], '(container|machine)_(cpu|memory|network|fs)_(.+)'),
      // Large, and nothing of viz shows it.
      { action: 'drop', source_labels: ['__name__'], regex: 'container_memory_failures_total' },
    ],
  },
  {
    job_name: 'linkerd-controller',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [LINKERD_NAMESPACE, VIZ_NAMESPACE] } }],
    relabel_configs: [keep([PORT_NAME], '.*admin$'), ...ADMIN_PORTS_OF_CONTROLLERS],
  },
  {
    job_name: 'linkerd-multicluster-controller',
    kubernetes_sd_configs: [{ role: 'pod' }],
    relabel_configs: [
      keep([`${POD}_label_component`, PORT_NAME], '(linkerd-service-mirror|controller);.*-admin$'),
      ...ADMIN_PORTS_OF_CONTROLLERS,
    ],
  },
  {
    job_name: 'linkerd-proxy',
    kubernetes_sd_configs: [{ role: 'pod' }],
    relabel_configs: [
      keep([`${POD}_phase`], '(Pending|Running)'),
      keep(
        [CONTAINER_NAME, PORT_NAME, `${POD}_label_linkerd_io_control_plane_ns`],
        `^linkerd-proxy;linkerd-admin;${LINKERD_NAMESPACE}$`,
      ),
      copy('__meta_kubernetes_namespace', 'namespace'),
      copy(`${POD}_name`, 'pod'),
      // A pod of a Job has the label `job`, which Prometheus has a meaning of its own for.
      copy(PROXY_JOB, 'k8s_job'),
      drop(PROXY_JOB),
      // The workload: `deployment`, `statefulset` and so on.
      map(`${POD}_label_linkerd_io_proxy_(.+)`),
      drop(`${POD}_label_linkerd_io_proxy_(.+)`),
      map(`${POD}_label_linkerd_io_(.+)`),
      // The pod's other labels, Linkerd's without their prefix.
      map(`${POD}_label_(.+)`, '__tmp_pod_label_$1'),
      map('__tmp_pod_label_linkerd_io_(.+)', '__tmp_pod_label_$1'),
      drop('__tmp_pod_label_linkerd_io_(.+)'),
      map('__tmp_pod_label_(.+)'),
    ],
  },
];

/** What viz's Prometheus scrapes: itself, the nodes, Linkerd's control planes and every proxy. Source: Linkerd edge-26.8.3, viz's chart. */
export const PROMETHEUS_CONFIG: PrometheusConfig = {
  global: { evaluation_interval: '10s', scrape_interval: '10s', scrape_timeout: '10s' },
  rule_files: ['/etc/prometheus/*_rules.yml', '/etc/prometheus/*_rules.yaml'],
  scrape_configs: SCRAPES,
};
