/** The ports of queue-proxy, which is in each pod of a Knative Service. Source: Serving 1.23.0, `pkg/networking/constants.go`. */
export const QUEUE_PROXY_PORTS = {
  http1: 8012,
  h2c: 8013,
  https: 8112,
  /** The hook that ends requests before a pod stops. Alone of these no container declares it. */
  hooks: 8022,
  metrics: 9090,
  userMetrics: 9091,
  profiling: 8008,
} as const;

/** The port of a service that names none. Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_helpers.go`. */
export const DEFAULT_SERVING_PORT = 8080;

/** What decides which ports the pods of a Knative Service have. */
export interface RevisionPorts {
  /** @default 8080 */
  readonly serving?: number | undefined;

  /** Whether requests come as HTTP/2 without TLS. */
  readonly h2c: boolean;

  /** Whether Serving's pods give profiles of themselves. */
  readonly profiling: boolean;

  /** The ports that the kubelet asks by HTTP whether containers have started and are alive. */
  readonly probed: readonly number[];
}

/**
 * The ports of a Knative Service's pods as Linkerd's injector finds them: those that containers declare, and those of HTTP probes. Without
 * the one of the drain hook, then, which no container declares. Source: Serving 1.23.0, `pkg/reconciler/revision/resources/queue.go`.
 */
export function declaredRevisionPorts({
  serving = DEFAULT_SERVING_PORT,
  h2c,
  profiling,
  probed,
}: RevisionPorts): number[] {
  const { http1, https, metrics, userMetrics } = QUEUE_PROXY_PORTS;
  const ports = [
    serving,
    h2c ? QUEUE_PROXY_PORTS.h2c : http1,
    https,
    metrics,
    userMetrics,
    ...(profiling ? [QUEUE_PROXY_PORTS.profiling] : []),
    ...probed,
  ];
  return [...new Set(ports)].sort((one, other) => one - other);
}

/** All ports on which a Knative Service's pods are called. */
export function revisionPorts(ports: RevisionPorts): number[] {
  return [...new Set([...declaredRevisionPorts(ports), QUEUE_PROXY_PORTS.hooks])].sort((one, other) => one - other);
}
