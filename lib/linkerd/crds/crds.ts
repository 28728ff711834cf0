import type { Construct } from 'constructs';
import type {
  CustomResourceDefinitionProps,
  CustomResourceVersion,
  PrinterColumn,
} from '../../crds/custom-resource-definition';
import { CustomResourceDefinition } from '../../crds/custom-resource-definition';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { EARLIER_HTTP_ROUTE_DEFAULTS, HTTP_ROUTE_DEFAULTS } from './http-route-defaults';

const POLICY = 'policy.linkerd.io';
const STATUS = { subresources: { status: {} } };
const AGE: PrinterColumn = { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' };
const COUNT = { type: 'integer', format: 'int32' } as const;

const ROUTE: Omit<CustomResourceVersion, 'name'> = {
  ...STATUS,
  columns: [{ name: 'Hostnames', jsonPath: '.spec.hostnames' }, AGE],
};
const SERVER_COLUMNS: readonly PrinterColumn[] = [
  { name: 'Port', jsonPath: '.spec.port' },
  { name: 'Protocol', jsonPath: '.spec.proxyProtocol' },
];
const SERVER_DEFAULTS = { 'spec.proxyProtocol': 'unknown' };
const WORKLOAD_DEFAULTS = { 'spec.ports[].protocol': 'TCP' };

/** Linkerd's kinds, with the defaults that its controllers count on. Source: Linkerd edge-26.8.3, the chart `linkerd-crds`. */
const KINDS: readonly CustomResourceDefinitionProps[] = [
  {
    group: POLICY,
    kind: 'AuthorizationPolicy',
    plural: 'authorizationpolicies',
    shortNames: ['authzpolicy'],
    versions: [{ name: 'v1alpha1' }],
  },
  {
    group: POLICY,
    kind: 'EgressNetwork',
    plural: 'egressnetworks',
    listKind: 'EgressNetworkList',
    categories: ['policy'],
    versions: [{ name: 'v1alpha1', ...STATUS }],
  },
  {
    group: POLICY,
    kind: 'HTTPLocalRateLimitPolicy',
    plural: 'httplocalratelimitpolicies',
    listKind: 'HTTPLocalRateLimitPolicyList',
    versions: [
      {
        name: 'v1alpha1',
        ...STATUS,
        columns: [
          { name: 'Target_kind', jsonPath: '.spec.targetRef.kind' },
          { name: 'Target_name', jsonPath: '.spec.targetRef.name' },
          { name: 'Total_RPS', jsonPath: '.spec.total.requestsPerSecond', ...COUNT },
          { name: 'Identity_RPS', jsonPath: '.spec.identity.requestsPerSecond', ...COUNT },
        ],
        defaults: { 'status.targetRef.group': POLICY, 'status.targetRef.kind': 'Server' },
      },
    ],
  },
  {
    group: POLICY,
    kind: 'HTTPRoute',
    plural: 'httproutes',
    listKind: 'HTTPRouteList',
    versions: [
      { name: 'v1alpha1', ...ROUTE, defaults: EARLIER_HTTP_ROUTE_DEFAULTS },
      { name: 'v1beta1', ...ROUTE, defaults: EARLIER_HTTP_ROUTE_DEFAULTS },
      { name: 'v1beta2', ...ROUTE, defaults: HTTP_ROUTE_DEFAULTS },
      { name: 'v1beta3', ...ROUTE, defaults: HTTP_ROUTE_DEFAULTS },
    ],
  },
  {
    group: POLICY,
    kind: 'MeshTLSAuthentication',
    plural: 'meshtlsauthentications',
    shortNames: ['meshtlsauthn'],
    versions: [{ name: 'v1alpha1' }],
  },
  {
    group: POLICY,
    kind: 'NetworkAuthentication',
    plural: 'networkauthentications',
    shortNames: ['netauthn', 'networkauthn'],
    versions: [{ name: 'v1alpha1' }],
  },
  {
    group: POLICY,
    kind: 'Server',
    plural: 'servers',
    shortNames: ['srv'],
    versions: [
      { name: 'v1alpha1', deprecated: true, defaults: SERVER_DEFAULTS },
      { name: 'v1beta1', deprecated: true, columns: SERVER_COLUMNS, defaults: SERVER_DEFAULTS },
      { name: 'v1beta2', columns: SERVER_COLUMNS, defaults: SERVER_DEFAULTS },
      {
        name: 'v1beta3',
        columns: [...SERVER_COLUMNS, { name: 'Access Policy', jsonPath: '.spec.accessPolicy' }],
        // Without it a Server whose author says nothing would let everybody in.
        defaults: { ...SERVER_DEFAULTS, 'spec.accessPolicy': 'deny' },
      },
    ],
  },
  {
    group: POLICY,
    kind: 'ServerAuthorization',
    plural: 'serverauthorizations',
    shortNames: ['saz', 'serverauthz', 'srvauthz'],
    versions: [
      { name: 'v1alpha1', deprecated: true },
      { name: 'v1beta1', columns: [{ name: 'Server', jsonPath: '.spec.server.name' }] },
    ],
  },
  {
    group: 'linkerd.io',
    kind: 'ServiceProfile',
    plural: 'serviceprofiles',
    shortNames: ['sp'],
    versions: [{ name: 'v1alpha1' }, { name: 'v1alpha2' }],
  },
  {
    group: 'workload.linkerd.io',
    kind: 'ExternalWorkload',
    plural: 'externalworkloads',
    listKind: 'ExternalWorkloadList',
    categories: ['external'],
    versions: [
      {
        name: 'v1alpha1',
        columns: [{ name: 'Identity', jsonPath: '.spec.meshTls.identity' }, AGE],
        defaults: WORKLOAD_DEFAULTS,
      },
      {
        name: 'v1beta1',
        ...STATUS,
        columns: [{ name: 'Identity', jsonPath: '.spec.meshTLS.identity' }, AGE],
        defaults: WORKLOAD_DEFAULTS,
      },
    ],
  },
];

/** Linkerd's custom resource definitions, without schemas but with all of their defaults. */
export function linkerdCrds(scope: Construct): void {
  for (const kind of KINDS) {
    new CustomResourceDefinition(scope, { ...kind, labels: { 'linkerd.io/control-plane-ns': LINKERD_NAMESPACE } });
  }
}
