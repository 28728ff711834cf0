/**
 * The ports of a gateway's pod. Public requests arrive on `http` and `https`, those of cluster-local names on `internalHttp` and
 * `internalHttps`; the controller asks on the probe ports whether a public name is served. Source: net-kourier 1.23.0, `pkg/reconciler/ingress/config`.
 */
export const GATEWAY_PORTS = {
  http: 8080,
  https: 8443,
  internalHttp: 8081,
  internalHttps: 8444,
  httpProbe: 8090,
  httpsProbe: 9443,
  metrics: 9000,
} as const;

/** Envoy's administration, within the pod alone. */
export const ADMIN_PORT = 9901;

/** The ports that clients outside the cluster reach. */
export const PUBLIC_PORTS = [GATEWAY_PORTS.http, GATEWAY_PORTS.https] as const;

/** The controller's ports: Envoy's configuration by xDS over gRPC, and metrics. */
export const CONTROLLER_PORTS = { xds: 18000, metrics: 9090 } as const;
