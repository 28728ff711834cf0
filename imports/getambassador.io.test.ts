import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { testWith, upstreamDir } from '../testing/requirements';
import type { HostProps, HostSpec, ListenerProps, ListenerSpec, MappingProps, MappingSpec } from './getambassador.io';
import { Host, Listener, Mapping, Module } from './getambassador.io';

const metadata = { name: 'web', namespace: 'ambassador' };

test('an object is written as it was declared', () => {
  const spec: ListenerSpec = {
    port: 8080,
    protocol: 'HTTP',
    securityModel: 'XFP',
    hostBinding: { namespace: { from: 'SELF' } },
  };
  const listener = new Listener(new Chart(new App(), 'chart'), 'web', { metadata, spec });
  expect(listener.toJson()).toEqual({ apiVersion: 'getambassador.io/v3alpha1', kind: 'Listener', metadata, spec });
});

test('a typo does not compile', () => {
  const hostBinding = { namespace: { from: 'SELF' } } as const;
  const listeners: ListenerProps[] = [
    // @ts-expect-error -- the schema has no such protocol
    { metadata, spec: { port: 80, protocol: 'HTTP2', securityModel: 'XFP', hostBinding } },
    // @ts-expect-error -- every Listener has a security model
    { metadata, spec: { port: 80, protocol: 'HTTP', hostBinding } },
    // @ts-expect-error -- Emissary does not support binding to namespaces by their labels
    { metadata, spec: { port: 80, securityModel: 'XFP', hostBinding: { namespace: { from: 'SELECTOR' } } } },
  ];
  const hosts: HostProps[] = [
    // @ts-expect-error -- it is spelled hostname
    { metadata, spec: { hostName: '*.example.com' } },
    // @ts-expect-error -- it is spelled Route
    { metadata, spec: { requestPolicy: { insecure: { action: 'route' } } } },
    // @ts-expect-error -- Emissary reads the Secret in the Host's own namespace
    { metadata, spec: { tlsSecret: { name: 'web', namespace: 'default' } } },
  ];
  const mappings: MappingProps[] = [
    // @ts-expect-error -- every Mapping has a prefix
    { metadata, spec: { hostname: 'web.example.com', service: 'web' } },
    // @ts-expect-error -- it is spelled timeout_ms
    { metadata, spec: { prefix: '/', service: 'web', timeout: 3000 } },
  ];
  // @ts-expect-error -- there is no such setting
  const modules = [new Module(new Chart(new App(), 'c'), 'm', { metadata, spec: { config: { diagnostic: {} } } })];
  expect([listeners, hosts, mappings, modules].map((list) => list.length)).toEqual([3, 3, 2, 1]);
});

type DeepRequired<T> = T extends readonly (infer Item)[]
  ? readonly DeepRequired<Item>[]
  : T extends object
    ? { readonly [K in keyof T]-?: DeepRequired<T[K]> }
    : T;

const selector = { matchLabels: { team: 'blue' } };
const added = { 'x-team': { value: 'blue', append: false } };
const substitution = { pattern: '^/a', substitution: '/b' };

const LISTENER: DeepRequired<ListenerSpec> = {
  ambassador_id: ['default'],
  port: 8080,
  protocol: 'HTTP',
  protocolStack: ['HTTP', 'TCP'],
  securityModel: 'XFP',
  hostBinding: { namespace: { from: 'SELF' }, selector },
  l7Depth: 1,
  http2MaxConcurrentStreams: 100,
  statsPrefix: 'web',
};

const HOST: DeepRequired<HostSpec> = {
  ambassador_id: ['default'],
  hostname: '*.example.com',
  mappingSelector: selector,
  requestPolicy: { insecure: { action: 'Route', additionalPort: 8080 } },
  tlsSecret: { name: 'web' },
  tlsContext: { name: 'web' },
  tls: {
    min_tls_version: 'v1.2',
    max_tls_version: 'v1.3',
    alpn_protocols: 'h2,http/1.1',
    cipher_suites: ['ECDHE-RSA-AES128-GCM-SHA256'],
    ecdh_curves: ['X25519'],
    ca_secret: 'clients',
    cacert_chain_file: '/ca.pem',
    cert_chain_file: '/tls.crt',
    private_key_file: '/tls.key',
    cert_required: true,
    crl_secret: 'revoked',
    redirect_cleartext_from: 8080,
    sni: 'web',
  },
};

const MAPPING: DeepRequired<MappingSpec> = {
  ambassador_id: ['default'],
  hostname: 'web.example.com',
  prefix: '/',
  prefix_exact: true,
  prefix_regex: false,
  case_sensitive: true,
  method: 'GET',
  method_regex: false,
  headers: { accept: 'text/html' },
  regex_headers: { accept: 'text/.*' },
  query_parameters: { page: '1' },
  regex_query_parameters: { page: '[0-9]+' },
  precedence: 1,
  service: 'web',
  weight: 0,
  resolver: 'endpoints',
  load_balancer: {
    policy: 'ring_hash',
    cookie: { name: 'session', path: '/', ttl: '60s' },
    header: 'x-user',
    source_ip: true,
  },
  circuit_breakers: [
    { priority: 'high', max_connections: 1, max_pending_requests: 1, max_requests: 1, max_retries: 1 },
  ],
  health_checks: [
    {
      health_check: {
        grpc: { upstream_name: 'web', authority: 'web' },
        http: {
          path: '/',
          hostname: 'web',
          add_request_headers: added,
          remove_request_headers: ['x-team'],
          expected_statuses: [{ min: 200, max: 299 }],
        },
      },
      healthy_threshold: 1,
      unhealthy_threshold: 1,
      interval: '5s',
      timeout: '3s',
    },
  ],
  tls: 'web',
  grpc: false,
  shadow: false,
  cluster_tag: 'web',
  stats_name: 'web',
  connect_timeout_ms: 3000,
  cluster_idle_timeout_ms: 3000,
  cluster_max_connection_lifetime_ms: 3000,
  keepalive: { idle_time: 1, interval: 1, probes: 1 },
  dns_type: 'strict_dns',
  respect_dns_ttl: true,
  enable_ipv4: true,
  enable_ipv6: true,
  timeout_ms: 3000,
  idle_timeout_ms: 3000,
  retry_policy: { retry_on: '5xx', num_retries: 1, per_try_timeout: '1s' },
  allow_upgrade: ['websocket'],
  rewrite: '/',
  regex_rewrite: substitution,
  host_rewrite: 'web',
  auto_host_rewrite: false,
  host_redirect: false,
  path_redirect: '/',
  prefix_redirect: '/',
  regex_redirect: substitution,
  redirect_response_code: 308,
  add_request_headers: added,
  add_response_headers: added,
  remove_request_headers: ['x-team'],
  remove_response_headers: ['x-team'],
  add_linkerd_headers: false,
  cors: {
    origins: ['https://example.com'],
    methods: ['GET'],
    headers: ['x-team'],
    exposed_headers: ['x-team'],
    credentials: true,
    max_age: '60',
  },
  bypass_auth: false,
  auth_context_extensions: { team: 'blue' },
  bypass_error_response_overrides: false,
  error_response_overrides: [
    {
      on_status_code: 503,
      body: {
        content_type: 'text/plain',
        text_format: 'later',
        text_format_source: { filename: '/later.txt' },
        json_format: { message: 'later' },
      },
    },
  ],
  labels: { ambassador: [{}] },
  priority: 'high',
  envoy_override: { timeout: '1s' },
  docs: { display_name: 'web', ignored: false, path: '/', timeout_ms: 1, url: '/' },
};

const VERSION_2 = 'stands for a field of version v2 that the schema had to keep';

/** What the schemas have and the types leave out, and why. A path ends at the first part that is left out. */
const NOT_TYPED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Listener: { 'hostBinding.selector.matchExpressions': 'Emissary refuses it' },
  Host: {
    acmeProvider: 'certificates from an ACME server are part of Edge Stack alone',
    previewUrl: 'part of Edge Stack alone',
    selector: 'the older name of mappingSelector',
    'mappingSelector.matchExpressions': 'Emissary refuses it',
    'tlsSecret.namespace': "Emissary reads the Secret in the Host's own namespace",
  },
  Mapping: {
    host: 'the older name of hostname',
    host_regex: 'it goes with host',
    use_websocket: 'the older way to write allow_upgrade',
    outlier_detection: 'Emissary says that it is not supported',
    modules: 'nothing reads it',
    'cors.v2CommaSeparatedOrigins': VERSION_2,
    'add_request_headers.*.v2Representation': VERSION_2,
    'add_response_headers.*.v2Representation': VERSION_2,
    'health_checks.*.health_check.http.add_request_headers.*.v2Representation': VERSION_2,
    v2BoolHeaders: VERSION_2,
    v2BoolQueryParameters: VERSION_2,
    v2ExplicitTLS: VERSION_2,
  },
  Module: {},
};

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The paths of a schema that have no fields of their own. */
function leavesOf(schema: Schema, path = ''): string[] {
  const item =
    schema.items ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([key, value]) => leavesOf(value, below(path, key)));
  }
  return item === undefined || item.items !== undefined ? [path] : leavesOf(item, below(path, '*'));
}

/** The paths of a value, as far as a schema goes, with what the schema says against it. */
function pathsOf(value: unknown, schema: Schema, path = ''): { path: string; wrong?: string }[] {
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [{ path, wrong: `not one of ${schema.enum.join()}` }];
  const item =
    schema.items ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  if (schema.properties !== undefined) {
    const fields = schema.properties;
    return Object.entries(value as object).flatMap(([key, inner]) => {
      const field = fields[key];
      return field === undefined
        ? [{ path: below(path, key), wrong: 'not in the schema' }]
        : pathsOf(inner, field, below(path, key));
    });
  }
  if (item === undefined || item.items !== undefined) return [{ path }];
  return Object.values(value as object).flatMap((inner) => pathsOf(inner, item, below(path, '*')));
}

const CONFIG = { ambassador_id: ['default'], config: {} };

testWith('UPSTREAM_DIR')('the types are the schemas of the release, but for what is left out for a reason', () => {
  const text = readFileSync(join(upstreamDir(), 'emissary/4.1.0/crds.yaml'), 'utf8');
  const schemas = new Map(
    parseAllDocuments(text).map((document) => {
      const { spec } = document.toJS() as {
        spec: { names: { kind: string }; versions: { schema: { openAPIV3Schema: Schema } }[] };
      };
      return [spec.names.kind, spec.versions[0]?.schema.openAPIV3Schema.properties?.spec ?? {}];
    }),
  );
  const typed = { Listener: LISTENER, Host: HOST, Mapping: MAPPING, Module: CONFIG };
  for (const [kind, value] of Object.entries(typed)) {
    const schema = schemas.get(kind) ?? {};
    const paths = pathsOf(value, schema);
    expect([kind, paths.filter(({ wrong }) => wrong !== undefined)]).toEqual([kind, []]);
    const leaves = new Set(paths.map(({ path }) => path));
    const left = leavesOf(schema).filter((leaf) => !leaves.has(leaf));
    const reasons = Object.keys(NOT_TYPED[kind] ?? {});
    const outside = (leaf: string): boolean => reasons.some((path) => leaf === path || leaf.startsWith(`${path}.`));
    expect([kind, left.filter((leaf) => !outside(leaf))]).toEqual([kind, []]);
    expect([
      kind,
      reasons.filter((path) => !left.some((leaf) => leaf === path || leaf.startsWith(`${path}.`))),
    ]).toEqual([kind, []]);
  }
});

test('hosts, listeners, mappings and modules are of one version', () => {
  expect([Host, Listener, Mapping, Module].map(({ GVK }) => `${GVK.apiVersion} ${GVK.kind}`)).toEqual([
    'getambassador.io/v3alpha1 Host',
    'getambassador.io/v3alpha1 Listener',
    'getambassador.io/v3alpha1 Mapping',
    'getambassador.io/v3alpha1 Module',
  ]);
});
