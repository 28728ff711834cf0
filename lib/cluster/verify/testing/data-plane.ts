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
}

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
});

/**
 * Plays what would run in the pods of a cluster whose nodes run nothing: the networking layer with a service behind it, and the metrics of
 * the proxies, in the words of real ones. Every pod's address is this machine's there.
 */
export class DataPlane {
  faults = noFaults();
  private readonly servers: readonly Server[];

  /**
   * @param host the public name of the one service
   * @param pods the pods as they are now
   */
  constructor(
    private readonly host: string,
    private readonly connections: readonly PlayedConnection[],
    private readonly pods: () => readonly PlayedPod[],
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
    const pods = this.pods();
    const inbound = `request_total{direction="inbound",target_addr="0.0.0.0:${ADMIN_PORT}",tls="no_identity",no_tls_reason="not_provided_by_remote"} 3`;
    const seen = this.connections
      .filter(({ port }) => !this.faults.silentPorts.has(port))
      .filter(({ from }) => callers.some((pod) => hasLabels(from, pod)))
      .flatMap(({ to, port }) =>
        pods.filter((pod) => hasLabels(to, pod)).map((pod) => seriesOf(pod, port, this.faults.plainPorts.has(port))),
      );
    return [
      '# HELP request_total Total count of HTTP requests.',
      '# TYPE request_total counter',
      inbound,
      ...seen,
      '',
    ].join('\n');
  }
}

function seriesOf({ metadata, spec, status }: PlayedPod, port: number, plain: boolean): string {
  const { name, namespace } = metadata;
  const identity = `${spec.serviceAccountName ?? 'default'}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
  const labels: Record<string, string> = {
    direction: 'outbound',
    target_addr: `${status.podIP ?? ''}:${port}`,
    target_ip: status.podIP ?? '',
    target_port: String(port),
    ...(plain
      ? { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' }
      : { tls: 'true', server_id: identity, dst_control_plane_ns: 'linkerd' }),
    dst_namespace: namespace,
    dst_pod: name,
  };
  return `request_total{${Object.entries(labels)
    .map(([key, value]) => `${key}=${quoted(value)}`)
    .join(',')}} 7`;
}

const quoted = (text: string): string => JSON.stringify(text);

const hasLabels = (wanted: Readonly<Record<string, string>>, { metadata }: PlayedPod): boolean =>
  Object.entries(wanted).every(([key, value]) => metadata.labels?.[key] === value);

function end(response: ServerResponse, status: number, body: string, fromBehind = false): void {
  response
    .writeHead(status, { server: 'envoy', ...(fromBehind && { 'x-envoy-upstream-service-time': '3' }) })
    .end(body);
}
