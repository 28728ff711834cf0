/** The domain of the cluster's Services and of the mesh's identities. Ambassador takes no other. */
export const CLUSTER_DOMAIN = 'cluster.local';
