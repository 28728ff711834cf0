import type { Kind } from './reference';

const core = (kind: string): Kind => ({ group: '', kind });
const apps = (kind: string): Kind => ({ group: 'apps', kind });
const serving = (kind: string): Kind => ({ group: 'serving.knative.dev', kind });
const emissary = (kind: string): Kind => ({ group: 'getambassador.io', kind });
const policy = (kind: string): Kind => ({ group: 'policy.linkerd.io', kind });
const gateway = (kind: string): Kind => ({ group: 'gateway.networking.k8s.io', kind });
const certManager = (kind: string): Kind => ({ group: 'cert-manager.io', kind });

export const SECRET = core('Secret');
export const SERVICE = core('Service');
export const CONFIG_MAP = core('ConfigMap');
export const SERVICE_ACCOUNT = core('ServiceAccount');
export const SERVER = policy('Server');

/** Kinds in no namespace that fields name: any installation may bring what is of them, so that it is not looked for. */
export const CLUSTER_SCOPED: readonly string[] = ['Namespace', 'ClusterIssuer'];

/** A field by which objects of a kind name others. */
export interface ReferringField {
  readonly from: Kind;

  /** `[]` is each item of a list. */
  readonly path: string;

  /**
   * What it names. A text there is a name of the first kind, or with `address` an address of Emissary; a mapping has `name`, and may have `namespace`, and
   * `kind` with `group` or `apiVersion`, which choose one of the kinds.
   */
  readonly to: readonly Kind[];

  /** What comes of it where nothing has the name. */
  readonly without: string;

  /** Whether a text is an address of Emissary. @default false */
  readonly address?: boolean;

  /** Whether no other kinds are taken there. @default false */
  readonly closed?: boolean;
}

const TLS = 'HTTPS has no certificate until something does';
const NOBODY = 'it lets nobody in';
const NO_ROUTE = 'requests there are answered with an error';

/**
 * Where Kubernetes, Knative, Emissary, Linkerd and cert-manager let one object name another. Sources: the schemas of the releases that knitmesh embeds;
 * for policies Linkerd edge-26.8.3, `policy-controller/k8s/index/src/{authorization_policy,meshtls_authentication}`.
 */
export const REFERRING_FIELDS: readonly ReferringField[] = [
  {
    from: serving('DomainMapping'),
    path: 'spec.ref',
    to: [serving('Service'), serving('Route'), SERVICE],
    without: 'the domain answers nothing',
  },
  { from: serving('DomainMapping'), path: 'spec.tls.secretName', to: [SECRET], without: TLS },
  {
    from: serving('Route'),
    path: 'spec.traffic[].configurationName',
    to: [serving('Configuration')],
    without: 'the route never becomes Ready',
  },
  { from: emissary('Mapping'), path: 'spec.service', to: [SERVICE], without: NO_ROUTE, address: true },
  { from: emissary('TCPMapping'), path: 'spec.service', to: [SERVICE], without: NO_ROUTE, address: true },
  { from: emissary('AuthService'), path: 'spec.auth_service', to: [SERVICE], without: NO_ROUTE, address: true },
  {
    from: emissary('RateLimitService'),
    path: 'spec.service',
    to: [SERVICE],
    without: 'no request is limited',
    address: true,
  },
  { from: emissary('Mapping'), path: 'spec.tls', to: [emissary('TLSContext')], without: NO_ROUTE },
  { from: emissary('Host'), path: 'spec.tlsContext', to: [emissary('TLSContext')], without: TLS },
  { from: emissary('Host'), path: 'spec.tlsSecret', to: [SECRET], without: TLS },
  { from: emissary('TLSContext'), path: 'spec.secret', to: [SECRET], without: TLS },
  { from: { group: 'networking.k8s.io', kind: 'Ingress' }, path: 'spec.tls[].secretName', to: [SECRET], without: TLS },
  {
    from: { group: 'networking.k8s.io', kind: 'Ingress' },
    path: 'spec.rules[].http.paths[].backend.service',
    to: [SERVICE],
    without: NO_ROUTE,
  },
  {
    from: { group: 'networking.k8s.io', kind: 'Ingress' },
    path: 'spec.defaultBackend.service',
    to: [SERVICE],
    without: NO_ROUTE,
  },
  { from: gateway('Gateway'), path: 'spec.listeners[].tls.certificateRefs[]', to: [SECRET], without: TLS },
  ...['HTTPRoute', 'GRPCRoute'].flatMap((kind): ReferringField[] => [
    { from: gateway(kind), path: 'spec.rules[].backendRefs[]', to: [SERVICE], without: NO_ROUTE },
    {
      from: gateway(kind),
      path: 'spec.parentRefs[]',
      to: [gateway('Gateway'), SERVER, SERVICE],
      without: 'the route does nothing',
    },
  ]),
  {
    from: policy('HTTPRoute'),
    path: 'spec.parentRefs[]',
    to: [SERVER, SERVICE],
    without: 'the route does nothing',
  },
  { from: policy('HTTPRoute'), path: 'spec.rules[].backendRefs[]', to: [SERVICE], without: NO_ROUTE },
  {
    from: policy('AuthorizationPolicy'),
    path: 'spec.targetRef',
    to: [SERVER, policy('HTTPRoute'), gateway('HTTPRoute'), gateway('GRPCRoute'), core('Namespace')],
    without: NOBODY,
    closed: true,
  },
  {
    from: policy('AuthorizationPolicy'),
    path: 'spec.requiredAuthenticationRefs[]',
    to: [policy('MeshTLSAuthentication'), policy('NetworkAuthentication'), SERVICE_ACCOUNT],
    without: NOBODY,
    closed: true,
  },
  {
    from: policy('MeshTLSAuthentication'),
    path: 'spec.identityRefs[]',
    to: [SERVICE_ACCOUNT, core('Namespace')],
    without: 'it means nobody',
    closed: true,
  },
  { from: policy('ServerAuthorization'), path: 'spec.server', to: [SERVER], without: NOBODY },
  {
    from: policy('ServerAuthorization'),
    path: 'spec.client.meshTLS.serviceAccounts[]',
    to: [SERVICE_ACCOUNT],
    without: 'it means nobody',
  },
  {
    from: policy('HTTPLocalRateLimitPolicy'),
    path: 'spec.targetRef',
    to: [SERVER],
    without: 'no request is limited',
  },
  {
    from: { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
    path: 'spec.scaleTargetRef',
    to: [apps('Deployment'), apps('StatefulSet'), apps('ReplicaSet')],
    without: 'nothing is scaled',
  },
  {
    from: { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
    path: 'roleRef',
    to: [{ group: 'rbac.authorization.k8s.io', kind: 'Role' }],
    without: 'it gives nobody a right',
  },
  {
    from: certManager('Certificate'),
    path: 'spec.issuerRef',
    to: [certManager('Issuer'), certManager('ClusterIssuer')],
    without: 'nobody signs the certificate',
  },
];

/** Fields of a pod's spec by which it names what must be there before it starts. What is marked `optional` need not. */
export const POD_FIELDS: readonly Omit<ReferringField, 'from'>[] = [
  { path: 'serviceAccountName', to: [SERVICE_ACCOUNT], without: 'no pod is made' },
  { path: 'volumes[].configMap', to: [CONFIG_MAP], without: 'no pod starts' },
  { path: 'volumes[].projected.sources[].configMap', to: [CONFIG_MAP], without: 'no pod starts' },
  ...['containers', 'initContainers'].flatMap((containers) => [
    { path: `${containers}[].envFrom[].configMapRef`, to: [CONFIG_MAP], without: 'no pod starts' },
    { path: `${containers}[].env[].valueFrom.configMapKeyRef`, to: [CONFIG_MAP], without: 'no pod starts' },
  ]),
];
