/** What the names of services inside the cluster end in. Emissary knows no other cluster domain. */
const CLUSTER_ENDINGS = ['.svc', '.svc.cluster.local'];

/** The names of a service inside the cluster. */
export function internalNames(service: string, namespace: string): string[] {
  return ['', ...CLUSTER_ENDINGS].map((ending) => `${service}.${namespace}${ending}`);
}

/** The hostnames of all names inside the cluster but the shortest, which end in their namespace. */
export const INTERNAL_HOSTNAMES = CLUSTER_ENDINGS.map((ending) => `*${ending}`);

/** Whether names under a domain could be names inside the cluster. */
export function isClusterDomain(domain: string): boolean {
  return CLUSTER_ENDINGS.some((ending) => ending.endsWith(`.${domain}`) || `.${domain}`.endsWith(ending));
}
