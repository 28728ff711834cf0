import type { Construct } from 'constructs';
import type { CustomResourceVersion, PrinterColumn } from '../crds/custom-resource-definition';
import { CustomResourceDefinition } from '../crds/custom-resource-definition';
import type { SchemaDefaults } from '../crds/schema';
import { GATEWAY_API_VERSION } from './version';

const GROUP = 'gateway.networking.k8s.io';

const ANNOTATIONS = {
  // The API server takes no CRD of a group that ends with k8s.io without it.
  'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/4530',
  [`${GROUP}/bundle-version`]: `v${GATEWAY_API_VERSION}`,
  [`${GROUP}/channel`]: 'standard',
};

const COLUMNS: readonly PrinterColumn[] = [
  { name: 'Hostnames', jsonPath: '.spec.hostnames' },
  { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
];

/** What a filter may hold, in a rule and in each of its backends alike. */
const inFilters = (defaults: SchemaDefaults): SchemaDefaults =>
  Object.fromEntries(
    ['spec.rules[].filters[]', 'spec.rules[].backendRefs[].filters[]'].flatMap((filter) =>
      Object.entries(defaults).map(([path, value]) => [`${filter}.${path}`, value]),
    ),
  );

/** Defaults of every route. Source: Gateway API 1.5.1, the standard channel's CRDs. */
const ROUTE_DEFAULTS: SchemaDefaults = {
  'spec.parentRefs[].group': GROUP,
  'spec.parentRefs[].kind': 'Gateway',
  'spec.rules[].backendRefs[].group': '',
  'spec.rules[].backendRefs[].kind': 'Service',
  'spec.rules[].backendRefs[].weight': 1,
  ...inFilters({
    'requestMirror.backendRef.group': '',
    'requestMirror.backendRef.kind': 'Service',
    'requestMirror.fraction.denominator': 100,
  }),
  'spec.rules[].matches[].headers[].type': 'Exact',
  'status.parents[].parentRef.group': GROUP,
  'status.parents[].parentRef.kind': 'Gateway',
};

const ANY_PATH = { type: 'PathPrefix', value: '/' };

const HTTP_ROUTE_DEFAULTS: SchemaDefaults = {
  ...ROUTE_DEFAULTS,
  ...inFilters({ 'cors.maxAge': 5, 'requestRedirect.statusCode': 302 }),
  'spec.rules': [{ matches: [{ path: ANY_PATH }] }],
  'spec.rules[].matches': [{ path: ANY_PATH }],
  'spec.rules[].matches[].path': ANY_PATH,
  'spec.rules[].matches[].path.type': ANY_PATH.type,
  'spec.rules[].matches[].path.value': ANY_PATH.value,
  'spec.rules[].matches[].queryParams[].type': 'Exact',
};

const GRPC_ROUTE_DEFAULTS: SchemaDefaults = {
  ...ROUTE_DEFAULTS,
  'spec.rules[].matches[].method.type': 'Exact',
};

interface Route {
  readonly kind: string;

  /** The oldest first. */
  readonly versions: readonly [string, ...string[]];
  readonly defaults: SchemaDefaults;
}

/** The kinds that `linkerd check` asks for, both in version `v1`. */
const ROUTES: readonly Route[] = [
  { kind: 'GRPCRoute', versions: ['v1'], defaults: GRPC_ROUTE_DEFAULTS },
  { kind: 'HTTPRoute', versions: ['v1beta1', 'v1'], defaults: HTTP_ROUTE_DEFAULTS },
];

/** Gateway API's routes without schemas, but with all of their defaults: for a cluster that nobody else uses. */
export function gatewayApiCrds(scope: Construct): void {
  for (const { kind, versions, defaults } of ROUTES) {
    const version = (name: string): CustomResourceVersion => ({
      name,
      subresources: { status: {} },
      columns: COLUMNS,
      defaults,
    });
    const [oldest, ...newer] = versions;
    const crd = new CustomResourceDefinition(scope, {
      group: GROUP,
      kind,
      plural: `${kind.toLowerCase()}s`,
      listKind: `${kind}List`,
      categories: ['gateway-api'],
      versions: [version(oldest), ...newer.map(version)],
    });
    for (const [key, value] of Object.entries(ANNOTATIONS)) crd.metadata.addAnnotation(key, value);
  }
}
