/** A label of the proxies' metrics, in viz's Prometheus. */
export type MetricLabel =
  | 'cronjob'
  | 'daemonset'
  | 'deployment'
  | 'dst_namespace'
  | 'dst_service'
  | 'k8s_job'
  | 'namespace'
  | 'pod'
  | 'replicaset'
  | 'replicationcontroller'
  | 'statefulset';

/** What traffic is divided by, in a section of a dashboard of its own. */
export interface Division {
  /** As a heading says it. */
  readonly by: string;
  readonly labels: readonly [MetricLabel, ...MetricLabel[]];

  /** How a line of a graph is called. */
  readonly legend: string;
}

/** A kind that viz's dashboard links to: what its requests are, as the proxies count them. */
export interface Resource {
  /** Its name in links: `deployment` is on the dashboard `linkerd-deployment`, and the variable `deployment` says which one. */
  readonly kind: string;

  /** The label that holds an object's name. */
  readonly label: MetricLabel;

  /** The label that holds its namespace; `undefined` where the object is the namespace. */
  readonly namespaceLabel: MetricLabel | undefined;

  /** Whose proxies count its requests: its own, as they come in, or its clients', as they go out. */
  readonly direction: 'inbound' | 'outbound';

  /** @default - not divided further */
  readonly parts?: Division;

  /** Whether it has requests of its own to others. */
  readonly calls: boolean;
}

const BY_POD: Division = { by: 'pod', labels: ['pod'], legend: '{{pod}}' };

/** A pod's metrics have one of these, so that the others are empty in a legend. */
const WORKLOADS: readonly [MetricLabel, ...MetricLabel[]] = ['daemonset', 'deployment', 'k8s_job', 'statefulset'];
const WORKLOAD_LEGEND = WORKLOADS.map((label) => `{{${label}}}`).join('');

const workload = (kind: string, label: MetricLabel): Resource => ({
  kind,
  label,
  namespaceLabel: 'namespace',
  direction: 'inbound',
  parts: BY_POD,
  calls: true,
});

/** Destinations of requests that go out. */
export const BY_DESTINATION: Division = {
  by: 'destination',
  labels: ['dst_service', 'dst_namespace'],
  legend: '{{dst_service}}.{{dst_namespace}}',
};

/**
 * The kinds whose tables in viz's dashboard have links to Grafana. Not among them: authorities, by which the proxies do not count
 * unless Linkerd's `hostnameLabels` are on. Source: linkerd2, `web/app/js/components/GrafanaLink.jsx` and `MetricsTable.jsx`.
 */
export const RESOURCES: readonly Resource[] = [
  workload('cronjob', 'cronjob'),
  workload('daemonset', 'daemonset'),
  workload('deployment', 'deployment'),
  // Prometheus has a meaning of its own for the label `job`.
  workload('job', 'k8s_job'),
  {
    kind: 'namespace',
    label: 'namespace',
    namespaceLabel: undefined,
    direction: 'inbound',
    parts: { by: 'workload', labels: WORKLOADS, legend: WORKLOAD_LEGEND },
    calls: true,
  },
  { kind: 'pod', label: 'pod', namespaceLabel: 'namespace', direction: 'inbound', calls: true },
  workload('replicaset', 'replicaset'),
  workload('replicationcontroller', 'replicationcontroller'),
  {
    kind: 'service',
    label: 'dst_service',
    namespaceLabel: 'dst_namespace',
    direction: 'outbound',
    parts: { by: 'client', labels: [...WORKLOADS, 'namespace'], legend: `${WORKLOAD_LEGEND}.{{namespace}}` },
    calls: false,
  },
  workload('statefulset', 'statefulset'),
];
