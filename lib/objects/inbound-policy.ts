/**
 * The annotation with which a pod refuses connections, on a namespace or on a pod template, which wins. A pod takes it over when it is
 * created.
 */
export const DEFAULT_INBOUND_POLICY = 'config.linkerd.io/default-inbound-policy';

/** The policies with which a pod takes connections that prove no identity of the mesh. `audit` lets them in and says so. */
export const OPEN_POLICIES: readonly string[] = ['all-unauthenticated', 'cluster-unauthenticated', 'audit'];

/** Those with which it takes connections that prove one. */
export const POLICIES_FOR_THE_MESH: readonly string[] = [
  ...OPEN_POLICIES,
  'all-authenticated',
  'cluster-authenticated',
];
