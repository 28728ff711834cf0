/**
 * The two kinds of requests that Ambassador keeps apart: those of public names and those of cluster-local names. Emissary does not look
 * at a Knative Ingress's visibility, so a Listener of its own for each, bound by this label to Hosts of its own, is what keeps
 * cluster-local services from being public.
 */
export type Traffic = 'public' | 'internal';

/** The label of a Host that says which requests it is for. */
export const trafficLabel = (traffic: Traffic): { readonly traffic: Traffic } => ({ traffic });
