import type { Construct } from 'constructs';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { VIZ_NAMESPACE } from './namespace';
import type { VizSettings } from './settings';
import { TAP_IDENTITY } from './tappable';
import { addWorkload, LINKERD_USER, probes } from './workload';

/** The certificate of a part that the API server calls, as its Secret holds it. */
const tls = (secretName: string) => ({
  volumes: [{ name: 'tls', secret: { secretName } }],
  volumeMounts: [{ name: 'tls', mountPath: '/var/run/linkerd/tls', readOnly: true }],
});

const logArgs = ({ logLevel, logFormat }: VizSettings): string[] => [
  `-log-level=${logLevel}`,
  `-log-format=${logFormat}`,
];

/** Answers `stat`, `edges` and the dashboard from Prometheus's figures. */
export function addMetricsApi(scope: Construct, settings: VizSettings): void {
  addWorkload(scope, {
    component: 'metrics-api',
    settings,
    user: LINKERD_USER,
    servicePorts: [{ name: 'http', port: 8085, targetPort: 8085 }],
    container: {
      args: [
        `-controller-namespace=${LINKERD_NAMESPACE}`,
        ...logArgs(settings),
        `-cluster-domain=${CLUSTER_DOMAIN}`,
        `-prometheus-url=${settings.prometheusUrl}`,
        '-enable-pprof=false',
      ],
      ports: { http: 8085, admin: 9995 },
      ...probes(9995),
    },
  });
}

/** Shows the requests that pass a proxy, to `tap`, `top` and the dashboard: an API of Kubernetes. */
export function addTap(scope: Construct, settings: VizSettings): void {
  const { volumes, volumeMounts } = tls('tap-k8s-tls');
  addWorkload(scope, {
    component: 'tap',
    settings,
    user: LINKERD_USER,
    servicePorts: [
      { name: 'grpc', port: 8088, targetPort: 8088 },
      { name: 'apiserver', port: 443, targetPort: 'apiserver' },
    ],
    container: {
      args: [
        'api',
        `-api-namespace=${LINKERD_NAMESPACE}`,
        ...logArgs(settings),
        `-identity-trust-domain=${CLUSTER_DOMAIN}`,
        '-enable-pprof=false',
      ],
      ports: { grpc: 8088, apiserver: 8089, admin: 9998 },
      ...probes(9998),
      volumeMounts,
    },
    volumes,
  });
}

/** Tells the proxies of pods, as they are created, that tap may look at them. */
export function addTapInjector(scope: Construct, settings: VizSettings): void {
  const { volumes, volumeMounts } = tls('tap-injector-k8s-tls');
  addWorkload(scope, {
    component: 'tap-injector',
    settings,
    user: LINKERD_USER,
    version: 'unsaid',
    matchLabels: { component: 'tap-injector' },
    servicePorts: [{ name: 'tap-injector', port: 443, targetPort: 'tap-injector' }],
    container: {
      args: ['injector', `-tap-service-name=${TAP_IDENTITY}`, ...logArgs(settings), '-enable-pprof=false'],
      ports: { 'tap-injector': 8443, admin: 9995 },
      ...probes(9995),
      volumeMounts,
    },
    volumes,
  });
}

/** The hosts under which the dashboard answers, as a regular expression: others would let pages of other sites use it. */
const DASHBOARD_HOSTS = [
  'localhost',
  '127\\.0\\.0\\.1',
  ...[`web.${VIZ_NAMESPACE}.svc.${CLUSTER_DOMAIN}`, `web.${VIZ_NAMESPACE}.svc`].map((host) =>
    host.replaceAll('.', '\\.'),
  ),
  '\\[::1\\]',
].join('|');

/** The dashboard. */
export function addWeb(scope: Construct, settings: VizSettings): void {
  addWorkload(scope, {
    component: 'web',
    settings,
    user: LINKERD_USER,
    servicePorts: [
      { name: 'http', port: 8084, targetPort: 8084 },
      { name: 'admin', port: 9994, targetPort: 9994 },
    ],
    container: {
      args: [
        `-linkerd-metrics-api-addr=metrics-api.${VIZ_NAMESPACE}.svc.${CLUSTER_DOMAIN}:8085`,
        `-cluster-domain=${CLUSTER_DOMAIN}`,
        ...grafanaArgs(settings.grafanaUrl),
        `-controller-namespace=${LINKERD_NAMESPACE}`,
        ...logArgs(settings),
        `-enforced-host=^(${DASHBOARD_HOSTS})(:\\d+)?$`,
        '-enable-pprof=false',
      ],
      ports: { http: 8084, admin: 9994 },
      ...probes(9994),
    },
  });
}

/** A Grafana with a scheme is one that browsers reach by themselves; the dashboard passes requests on to any other. */
function grafanaArgs(url: string | undefined): string[] {
  if (url === undefined) return [];
  return [/^https?:\/\//.test(url) ? `-grafana-external-addr=${url}` : `-grafana-addr=${url}`];
}
