import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a proxy tells its metrics, at the addresses of all pods. */
const ADMIN_PORT = 4191;

/** Where the port-forwards of `.ci/kwok.yaml` lead: the port of the networking layer's pods, and that of the proxies' metrics. */
export const FORWARDED = { layer: 18_080, admin: ADMIN_PORT } as const;

/** A pod of the cluster. */
export interface PlayedPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly serviceAccountName?: string };
  readonly status: { readonly podIP?: string };
}

/** A connection that proxies have seen: between pods with these labels, to this port. */
export interface PlayedConnection {
  readonly from: Readonly<Record<string, string>>;
  readonly to: Readonly<Record<string, string>>;
  readonly port: number;

  /** The Service that is dialled. @default - the pod's address is */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };

  /** Whether the caller probes new pods before discovery knows them, as the activator does. @default false */
  readonly probed?: boolean;

  /** The status of answers. @default 200 */
  readonly status?: number;
}

const AMBASSADOR = { 'app.kubernetes.io/name': 'ambassador' };
const ACTIVATOR = { app: 'activator' };
const AUTOSCALER = { app: 'autoscaler' };
const SERVICE = { 'serving.knative.dev/service': 'helloworld-go' };

/** What the proxies of the reference platform have seen after a cold start and some requests, and a look at viz's dashboard. */
export const TRAFFIC: readonly PlayedConnection[] = [
  {
    ...{ from: AMBASSADOR, to: ACTIVATOR, port: 8012 },
    service: { namespace: 'default', name: 'helloworld-go-00001', port: 80 },
  },
  { from: ACTIVATOR, to: SERVICE, port: 8012, probed: true },
  {
    ...{ from: ACTIVATOR, to: AUTOSCALER, port: 8080, status: 101 },
    service: { namespace: 'knative-serving', name: 'autoscaler', port: 8080 },
  },
  { from: AUTOSCALER, to: SERVICE, port: 9090 },
  {
    ...{ from: { component: 'web' }, to: { component: 'metrics-api' }, port: 8085 },
    service: { namespace: 'linkerd-viz', name: 'metrics-api', port: 8085 },
  },
];

/** What goes wrong on purpose. */
export interface Faults {
  /** What the service answers. */
  answer: { status: number; body: string };

  /** Whether names of the cluster are served to the public, as Ambassador does without Listeners of their own. */
  clusterLocalServed: boolean;

  /** Whether the client's own revision header is obeyed, as Ambassador does without its Module. */
  revisionObeyed: boolean;

  /** Whether diagnostics are served on every host, as Ambassador does without its Module. */
  administrationServed: boolean;

  /** Whether the networking layer sends plain HTTP away, as Ambassador does without a Host. */
  redirected: boolean;

  /** Whether nothing listens behind the port-forward, which kubectl says by closing it. */
  closed: boolean;

  /** Ports that are reached past the proxy. */
  readonly plainPorts: Set<number>;

  /** Ports that nobody has called. */
  readonly silentPorts: Set<number>;

  /** Whether proxies refuse the API server, as where mTLS is required. */
  metricsRefused: boolean;

  /** What proxies tell in place of what is played, by the names of their pods. */
  readonly told: Map<string, string>;
}

const noFaults = (): Faults => ({
  answer: { status: 200, body: 'Hello Go Sample v1 now with Linkerd!\n' },
  clusterLocalServed: false,
  revisionObeyed: false,
  administrationServed: false,
  redirected: false,
  closed: false,
  plainPorts: new Set(),
  silentPorts: new Set(),
  metricsRefused: false,
  told: new Map(),
});

/**
 * Plays what would run in the pods of a cluster whose nodes run nothing: the networking layer with a service behind it, and the metrics of
 * the proxies, in the words of real ones. Every pod's address is this machine's there.
 */
export class DataPlane {
  faults = noFaults();

  /** Called with each request, before it is answered. */
  onRequest: () => void = () => undefined;
  private readonly servers: readonly Server[];

  /**
   * @param host the public name of the one service
   * @param pods the pods as they are now
   */
  constructor(
    private readonly host: string,
    private readonly pods: () => readonly PlayedPod[],
    private readonly connections = TRAFFIC,
  ) {
    this.servers = [
      createServer((request, response) => {
        this.answer(request, response);
      }),
      createServer((request, response) => {
        this.tellMetrics(request, response);
      }),
    ];
  }

  /** Listens on ports; 0 is any that is free. */
  async start(ports: { readonly layer: number; readonly admin: number }): Promise<void> {
    const [layer, admin] = this.servers;
    layer?.listen(ports.layer, '127.0.0.1');
    admin?.listen(ports.admin, '0.0.0.0');
    await Promise.all(this.servers.map((server) => once(server, 'listening')));
  }

  /** The ports on which it listens. */
  get ports(): { readonly layer: number; readonly admin: number } {
    const [layer = 0, admin = 0] = this.servers.map((server) => (server.address() as AddressInfo).port);
    return { layer, admin };
  }

  stop(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** As it should be. */
  repair(): void {
    this.faults = noFaults();
  }

  private answer({ headers, url = '/' }: IncomingMessage, response: ServerResponse): void {
    const { answer, clusterLocalServed, revisionObeyed, administrationServed, redirected } = this.faults;
    const host = headers.host ?? '';
    const isLocal = /\.svc(\.cluster\.local)?$|^[^.]+\.[^.]+$/.test(host);
    this.onRequest();
    if (this.faults.closed) response.destroy();
    else if (administrationServed && url.startsWith('/ambassador/v0/')) end(response, 200, 'diagnostics');
    else if (redirected) response.writeHead(301, { location: `https://${host}${url}`, server: 'envoy' }).end();
    else if (host !== this.host && !(isLocal && clusterLocalServed)) end(response, 404, '');
    else if (revisionObeyed && headers['knative-serving-revision'] !== undefined) end(response, 404, 'not found', true);
    else end(response, answer.status, answer.body, true);
  }

  private tellMetrics({ url, socket }: IncomingMessage, response: ServerResponse): void {
    const pods = this.pods();
    // A port-forward arrives from inside of the pod, and tells nothing of which it is.
    const forwarded = socket.localAddress === '127.0.0.1';
    const callers = forwarded ? pods : pods.filter(({ status }) => status.podIP === socket.localAddress);
    if (url?.split('?', 1)[0] !== '/metrics') end(response, 404, '');
    else if (this.faults.metricsRefused && !forwarded) end(response, 403, '');
    else end(response, 200, this.metricsOf(callers));
  }

  /** What the proxies of some pods tell. */
  metricsOf(callers: readonly PlayedPod[]): string {
    const told = callers.flatMap(({ metadata }) => this.faults.told.get(metadata.name) ?? []);
    if (told.length > 0) return told.join('');
    const pods = this.pods();
    const seen = this.connections
      .filter(({ port }) => !this.faults.silentPorts.has(port))
      .filter(({ from }) => callers.some((pod) => hasLabels(from, pod)))
      .flatMap((connection) =>
        pods
          .filter((pod) => hasLabels(connection.to, pod))
          .flatMap((pod) => seriesOf(connection, pod, this.faults.plainPorts.has(connection.port))),
      );
    return [...OTHER_METRICS, ...INBOUND, ...seen, ''].join('\n');
  }
}

/** More than is read of an answer that is kept whole: most of what a proxy tells are histograms. */
const OTHER_METRICS = [
  '# HELP response_latency_ms Elapsed times between the receipt of a request and its response.',
  '# TYPE response_latency_ms histogram',
  ...Array.from(
    { length: 1000 },
    (_, index) =>
      `response_latency_ms_bucket{direction="inbound",target_addr="0.0.0.0:${ADMIN_PORT}",tls="true",status_code="200",le="${index}"} ${index}`,
  ),
];

/** What viz's Prometheus and a port-forward have asked a proxy for. */
const INBOUND = [
  `request_total{direction="inbound",target_addr="0.0.0.0:${ADMIN_PORT}",target_ip="0.0.0.0",target_port="${ADMIN_PORT}",tls="true",client_id="prometheus.linkerd-viz.serviceaccount.identity.linkerd.cluster.local",srv_group="",srv_kind="default",srv_name="all-unauthenticated",srv_port="${ADMIN_PORT}",route_group="",route_kind="default",route_name="default",authz_group="",authz_kind="default",authz_name="all-unauthenticated"} 13`,
  `request_total{direction="inbound",target_addr="0.0.0.0:${ADMIN_PORT}",target_ip="0.0.0.0",target_port="${ADMIN_PORT}",tls="no_identity",no_tls_reason="no_tls_from_remote",srv_group="",srv_kind="default",srv_name="all-unauthenticated",srv_port="${ADMIN_PORT}",route_group="",route_kind="default",route_name="default",authz_group="",authz_kind="default",authz_name="all-unauthenticated"} 1`,
];

/** What a caller's proxy tells of a pod. Where it is plain, which was not recorded, the pod is known and has no identity. */
function seriesOf({ port, service, probed, status = 200 }: PlayedConnection, pod: PlayedPod, plain: boolean): string[] {
  const { namespace, name, labels = {} } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? 'default';
  const [ip, hash] = [pod.status.podIP ?? '', labels['pod-template-hash'] ?? ''];
  const target = { target_addr: `${ip}:${port}`, target_ip: ip, target_port: String(port) };
  const unknown = { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' };
  const identity = `${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
  // Those of the destination are in the order of the alphabet.
  const known = {
    ...(service && { authority: authorityOf(service) }),
    ...target,
    ...(plain ? unknown : { tls: 'true', server_id: identity, dst_control_plane_ns: 'linkerd' }),
    dst_deployment: name.split(`-${hash}-`, 1)[0] ?? '',
    // Of the Service, where one is dialled, and not of the pod.
    dst_namespace: service?.namespace ?? namespace,
    dst_pod: name,
    dst_pod_template_hash: hash,
    ...(service && { dst_service: service.name }),
    dst_serviceaccount: account,
    dst_zone: '',
    ...(service && { dst_zone_locality: 'unknown' }),
  };
  return [
    ...sentTo(known, 7, { status_code: String(status), classification: 'success' }),
    ...(probed === true
      ? sentTo({ ...target, ...unknown }, 16, { status_code: '502', classification: 'failure' })
      : []),
  ];
}

/** Requests to one destination, with their answers and connections. */
const sentTo = (labels: Labels, times: number, answer: Labels): string[] => [
  series('request_total', { direction: 'outbound', ...labels }, times),
  series('response_total', { direction: 'outbound', ...labels, ...answer, grpc_status: '', error: '' }, times),
  series('tcp_open_total', { direction: 'outbound', peer: 'dst', ...labels }, 2),
];

const authorityOf = ({ namespace, name, port }: Required<PlayedConnection>['service']): string =>
  `${name}.${namespace}.svc.cluster.local${port === 80 ? '' : `:${port}`}`;

type Labels = Readonly<Record<string, string>>;

const series = (name: string, labels: Labels, value: number): string =>
  `${name}{${Object.entries(labels)
    .map(([key, text]) => `${key}=${quoted(text)}`)
    .join(',')}} ${value}`;

const quoted = (text: string): string => JSON.stringify(text);

const hasLabels = (wanted: Readonly<Record<string, string>>, { metadata }: PlayedPod): boolean =>
  Object.entries(wanted).every(([key, value]) => metadata.labels?.[key] === value);

function end(response: ServerResponse, status: number, body: string, fromBehind = false): void {
  response
    .writeHead(status, { server: 'envoy', ...(fromBehind && { 'x-envoy-upstream-service-time': '3' }) })
    .end(body);
}
