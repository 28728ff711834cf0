import type { SchemaDefaults } from '../../crds/schema';

const ANY_PATH = { type: 'PathPrefix', value: '/' };

/** Defaults that all versions of Linkerd's HTTPRoute have. Source: Linkerd edge-26.8.3, its CRDs. */
const IN_ALL_VERSIONS: SchemaDefaults = {
  'spec.parentRefs[].group': 'policy.linkerd.io',
  'spec.parentRefs[].kind': 'Gateway',
  'spec.rules': [{ matches: [{ path: ANY_PATH }] }],
  'spec.rules[].backendRefs[].filters[].requestRedirect.statusCode': 302,
  'spec.rules[].filters[].requestRedirect.statusCode': 302,
  'spec.rules[].matches': [{ path: ANY_PATH }],
  'spec.rules[].matches[].headers[].type': 'Exact',
  'spec.rules[].matches[].path': ANY_PATH,
  'spec.rules[].matches[].path.type': ANY_PATH.type,
  'spec.rules[].matches[].path.value': ANY_PATH.value,
  'spec.rules[].matches[].queryParams[].type': 'Exact',
  'status.parents[].parentRef.group': 'policy.linkerd.io',
  'status.parents[].parentRef.kind': 'Gateway',
};

/** Those of `v1alpha1` and `v1beta1`. */
export const EARLIER_HTTP_ROUTE_DEFAULTS: SchemaDefaults = {
  ...IN_ALL_VERSIONS,
  'spec.rules[].backendRefs[].namespace': 'default',
};

/** Those of `v1beta2` and `v1beta3`. */
export const HTTP_ROUTE_DEFAULTS: SchemaDefaults = {
  ...IN_ALL_VERSIONS,
  'spec.rules[].backendRefs[].group': '',
  'spec.rules[].backendRefs[].kind': 'Service',
  'spec.rules[].backendRefs[].weight': 1,
};
