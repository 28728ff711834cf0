import type { Volume, VolumeMount } from '../../../imports/kubernetes';

/** Access to the API server for the one container that needs it: the proxy beside it gets none. */
export const API_ACCESS: Volume = {
  name: 'kube-api-access',
  projected: {
    defaultMode: 0o644,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
  },
};

/** Where a client of Kubernetes looks for it. */
export const API_ACCESS_MOUNT: VolumeMount = {
  name: API_ACCESS.name,
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
};
