/** The ports of a pod by name. Public requests arrive on `http` and `https`, those of cluster-local names on `internal`. */
export const PORTS = { http: 8080, https: 8443, internal: 8081, admin: 8877 } as const;

/** The ports that clients outside the cluster reach. */
export const PUBLIC_PORTS = [PORTS.http, PORTS.https] as const;
