import type { Volume, VolumeMount } from '../../../imports/kubernetes';

/** What `linkerd-init` locks while it changes iptables. */
export const XTABLES_LOCK: Volume & { readonly name: 'linkerd-proxy-init-xtables-lock' } = {
  name: 'linkerd-proxy-init-xtables-lock',
  emptyDir: {},
};

/** The token by which the proxy proves to Linkerd's identity service whose pod it is in: for a day, and for nobody else. */
const IDENTITY_TOKEN: Volume = {
  name: 'linkerd-identity-token',
  projected: {
    sources: [
      {
        serviceAccountToken: { path: 'linkerd-identity-token', expirationSeconds: 86400, audience: 'identity.l5d.io' },
      },
    ],
  },
};

/** The proxy's own key and certificate. They never reach a disk. */
const END_ENTITY: Volume = { name: 'linkerd-identity-end-entity', emptyDir: { medium: 'Memory' } };

/** The volumes of a pod with a proxy. With linkerd-cni nothing needs the lock. */
export const proxyVolumes = (cni: boolean): Volume[] => [...(cni ? [] : [XTABLES_LOCK]), IDENTITY_TOKEN, END_ENTITY];

/** Where the proxy has them. */
export const PROXY_MOUNTS: readonly VolumeMount[] = [
  { name: END_ENTITY.name, mountPath: '/var/run/linkerd/identity/end-entity' },
  { name: IDENTITY_TOKEN.name, mountPath: '/var/run/secrets/tokens' },
];
