import type { Json } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { TAPPED, TAPPED_REASON } from '../releases/meant-in-the-mesh';
import { readYamlValue } from '../yaml/stream';
import { CONTROLLER, GATEWAY } from './labels';

const EXAMPLES = 'examples set nothing';
const ADMINISTRATION =
  "of Envoy's administration metrics alone are served: the rest shows certificates and ends listeners";
const RIGHTS = 'ConfigMaps and Leases are those of its own namespace, so a Role is enough for them';
const SCALE = 'three gateways at least: every request passes through them';
const BUDGETS = '80 % of one pod keeps every node from being drained';
const SPREAD = 'pods spread over nodes';
const POKE = 'an annotation that restarted the pods of an old release';
const UNSET = 'variables that are empty: the certificate is named in config-kourier';
const IDENTITY = 'gateways have an identity of their own in the mesh, and no rights';
const MESH = "the platform's own: namespace and mesh";

const CONTROLLER_POD = `Deployment knative-serving/${CONTROLLER}`;
const GATEWAY_POD = `Deployment kourier-system/${GATEWAY}`;
const BOTH = [CONTROLLER_POD, GATEWAY_POD];
const NAMESPACE = 'Namespace kourier-system';
const TEMPLATE = 'spec.template';

interface Cluster extends Readonly<Record<string, Json>> {
  readonly type: string;
  readonly load_assignment: { readonly cluster_name: string; readonly endpoints: { readonly lb_endpoints: Json } };
}

interface Bootstrap extends Readonly<Record<string, Json>> {
  readonly static_resources: { readonly clusters: Cluster[]; readonly listeners: Json[] };
}

/**
 * The real bootstrap as it is written here, with the one route to metrics in place of those to all of the administration. Lists of one are lists,
 * and words are in Envoy's own spelling.
 */
function withMetricsAlone(text: Json | undefined): Json {
  const bootstrap = readYamlValue(text as string) as Bootstrap;
  const { clusters, listeners } = bootstrap.static_resources;
  const get = { name: ':method', string_match: { exact: 'GET' } };
  const route = { match: { path: '/stats/prometheus', headers: [get] }, route: { cluster: 'service_stats' } };
  return toYaml({
    ...bootstrap,
    static_resources: {
      listeners: listeners.map((listener) => withRoutes(listener, [route])),
      clusters: [...clusters].reverse().map(({ type, load_assignment: assignment, ...cluster }) => ({
        ...cluster,
        type: type.toUpperCase(),
        load_assignment: { ...assignment, endpoints: [{ lb_endpoints: [assignment.endpoints.lb_endpoints] }] },
      })),
    },
  });
}

/** A value in which every list of routes is another. */
function withRoutes(value: Json, routes: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withRoutes(item, routes));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]: [string, Json]) => [
      key,
      key === 'routes' ? routes : withRoutes(field, routes),
    ]),
  );
}

const spreadOver = (app: string): Json => [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    matchLabelKeys: ['pod-template-hash'],
    labelSelector: { matchLabels: { app } },
  },
];

/** Where the embedded Kourier differs from the real one, and why. */
export const MEANT_IN_KOURIER: readonly MeantDifference[] = [
  { objects: 'ConfigMap knative-serving/config-kourier', path: 'data', becomes: NOTHING, reason: EXAMPLES },
  {
    objects: 'ConfigMap kourier-system/kourier-bootstrap',
    path: 'data["envoy-bootstrap.yaml"]',
    becomes: withMetricsAlone,
    reason: ADMINISTRATION,
  },

  {
    objects: 'ClusterRole net-kourier',
    path: [
      ...['get', 'list', 'watch'].map((verb) => `rules[${verb} configmaps]`),
      ...['get', 'list', 'create', 'update', 'delete', 'patch', 'watch'].map(
        (verb) => `rules[${verb} leases.coordination.k8s.io]`,
      ),
    ],
    becomes: NOTHING,
    reason: RIGHTS,
  },
  {
    objects: ['Role knative-serving/net-kourier', 'RoleBinding knative-serving/net-kourier'],
    path: '',
    becomes: ANYTHING,
    reason: RIGHTS,
  },

  {
    objects: `HorizontalPodAutoscaler kourier-system/${GATEWAY}`,
    path: 'spec.minReplicas',
    becomes: 3,
    reason: SCALE,
  },
  {
    objects: `PodDisruptionBudget kourier-system/${GATEWAY}-pdb`,
    path: 'spec.minAvailable',
    becomes: NOTHING,
    reason: BUDGETS,
  },
  {
    objects: `PodDisruptionBudget kourier-system/${GATEWAY}-pdb`,
    path: 'spec.maxUnavailable',
    becomes: 1,
    reason: BUDGETS,
  },
  ...[
    [CONTROLLER_POD, CONTROLLER],
    [GATEWAY_POD, GATEWAY],
  ].map(([objects = '', app = '']) => ({
    objects,
    path: `${TEMPLATE}.spec.topologySpreadConstraints`,
    becomes: spreadOver(app),
    reason: SPREAD,
  })),

  {
    objects: GATEWAY_POD,
    path: `${TEMPLATE}.metadata.annotations["networking.knative.dev/poke"]`,
    becomes: NOTHING,
    reason: POKE,
  },
  {
    objects: CONTROLLER_POD,
    path: ['CERTS_SECRET_NAME', 'CERTS_SECRET_NAMESPACE'].map(
      (name) => `${TEMPLATE}.spec.containers[name=controller].env[name=${name}]`,
    ),
    becomes: NOTHING,
    reason: UNSET,
  },

  { objects: `ServiceAccount kourier-system/${GATEWAY}`, path: '', becomes: ANYTHING, reason: IDENTITY },
  { objects: GATEWAY_POD, path: `${TEMPLATE}.spec.serviceAccountName`, becomes: GATEWAY, reason: IDENTITY },

  ...Object.entries(TAPPED).map(([annotation, value]) => ({
    objects: BOTH,
    path: `${TEMPLATE}.metadata.annotations["${annotation}"]`,
    becomes: value,
    reason: TAPPED_REASON,
  })),
  {
    objects: BOTH,
    path: `${TEMPLATE}.metadata.annotations["linkerd.io/inject"]`,
    becomes: 'enabled',
    reason: MESH,
  },
  { objects: NAMESPACE, path: 'metadata.annotations["linkerd.io/inject"]', becomes: 'enabled', reason: MESH },
  {
    objects: NAMESPACE,
    path: 'metadata.annotations["config.linkerd.io/proxy-cpu-request"]',
    becomes: '100m',
    reason: MESH,
  },
  {
    objects: NAMESPACE,
    path: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    becomes: 'privileged',
    reason: MESH,
  },
];
