import type { Json } from '../objects/manifest';
import { ENVOY_BOOTSTRAP } from './bootstrap';

interface Bootstrap {
  readonly admin: { readonly address: { readonly socket_address: { readonly address: string } } };
  readonly node: { readonly id: string };
  readonly static_resources: { readonly clusters: readonly { readonly name: string }[] };
}

const bootstrap = ENVOY_BOOTSTRAP as unknown as Bootstrap;

/** All values under a key, however deep. */
function valuesOf(value: Json | undefined, key: string): Json[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, field]: [string, Json]) => [
    ...(name === key ? [field] : []),
    ...valuesOf(field, key),
  ]);
}

test('of its administration Envoy serves its metrics alone, for reading', () => {
  expect(valuesOf(ENVOY_BOOTSTRAP, 'routes')).toEqual([
    [
      {
        match: { path: '/stats/prometheus', headers: [{ name: ':method', string_match: { exact: 'GET' } }] },
        route: { cluster: 'service_stats' },
      },
    ],
  ]);
  expect(bootstrap.admin.address.socket_address.address).toBe('127.0.0.1');
});

test('every cluster that is named is there', () => {
  const named = [...valuesOf(ENVOY_BOOTSTRAP, 'cluster'), ...valuesOf(ENVOY_BOOTSTRAP, 'cluster_name')];
  const clusters = bootstrap.static_resources.clusters.map(({ name }) => name);
  expect([...new Set(named)].filter((name) => name !== 'kourier-knative').sort()).toEqual([...clusters].sort());
});

test("the controller configures the node of this id, at its Service's address", () => {
  expect(bootstrap.node.id).toBe('3scale-kourier-gateway');
  expect(valuesOf(ENVOY_BOOTSTRAP, 'socket_address')).toContainEqual({
    address: 'net-kourier-controller.knative-serving',
    port_value: 18000,
  });
});
