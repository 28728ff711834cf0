import type { Construct } from 'constructs';
import type { PolicyRule } from '../../../imports/kubernetes';
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '../../../imports/kubernetes';
import type { ControlPlaneComponent } from './labels';
import { componentLabels, CREATED_BY } from './labels';
import { LINKERD_NAMESPACE } from './namespace';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const LINKERD_CONFIG: PolicyRule = {
  apiGroups: [''],
  resources: ['configmaps'],
  resourceNames: ['linkerd-config'],
  verbs: ['get'],
};

const read = (group: string, ...resources: string[]): PolicyRule => ({ apiGroups: [group], resources, verbs: READ });

/** Rights of a part of the control plane: a role, in the cluster or in Linkerd's namespace, and its binding to the part's account. */
interface Rights {
  readonly role: string;

  /** @default - the role's name */
  readonly binding?: string;

  /** @default - nobody is bound to it here */
  readonly account?: string;

  readonly labels: Readonly<Record<string, string>>;

  /** @default - none but the common one */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRule[];
}

const PART_OF_LINKERD = { 'app.kubernetes.io/part-of': 'Linkerd', ...componentLabels('destination') };
const POLICY_ROUTES = ['httproutes', 'httplocalratelimitpolicies', 'egressnetworks'];
const GATEWAY_ROUTES = ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes'];
const status = (resource: string): string => `${resource}/status`;

const CLUSTER_RIGHTS: readonly Rights[] = [
  {
    role: 'linkerd-linkerd-destination',
    account: 'linkerd-destination',
    labels: componentLabels('destination'),
    rules: [
      read('apps', 'replicasets'),
      read('batch', 'jobs'),
      read('', 'pods', 'endpoints', 'services', 'nodes'),
      read('linkerd.io', 'serviceprofiles'),
      read('workload.linkerd.io', 'externalworkloads'),
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update', 'patch'] },
      {
        apiGroups: ['discovery.k8s.io'],
        resources: ['endpointslices'],
        verbs: [...READ, 'create', 'update', 'patch', 'delete'],
      },
    ],
  },
  {
    role: 'linkerd-policy',
    binding: 'linkerd-destination-policy',
    account: 'linkerd-destination',
    labels: PART_OF_LINKERD,
    rules: [
      read('', 'pods'),
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
      read(
        'policy.linkerd.io',
        'authorizationpolicies',
        'meshtlsauthentications',
        'networkauthentications',
        'servers',
        'serverauthorizations',
        ...POLICY_ROUTES,
      ),
      read('gateway.networking.k8s.io', ...GATEWAY_ROUTES),
      { apiGroups: ['policy.linkerd.io'], resources: POLICY_ROUTES.map(status), verbs: ['patch'] },
      { apiGroups: ['gateway.networking.k8s.io'], resources: GATEWAY_ROUTES.map(status), verbs: ['patch'] },
      read('workload.linkerd.io', 'externalworkloads'),
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'patch'] },
    ],
  },
  {
    role: 'linkerd-linkerd-identity',
    account: 'linkerd-identity',
    labels: componentLabels('identity'),
    rules: [
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ],
  },
  {
    role: 'linkerd-linkerd-proxy-injector',
    account: 'linkerd-proxy-injector',
    labels: componentLabels('proxy-injector'),
    rules: [
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      read('', 'namespaces', 'replicationcontrollers'),
      { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] },
      {
        apiGroups: ['extensions', 'apps'],
        resources: ['deployments', 'replicasets', 'daemonsets', 'statefulsets'],
        verbs: READ,
      },
      { apiGroups: ['extensions', 'batch'], resources: ['cronjobs', 'jobs'], verbs: READ },
    ],
  },
];

const NAMESPACE_RIGHTS: readonly Rights[] = [
  {
    // Linkerd's extensions bind themselves to it.
    role: 'ext-namespace-metadata-linkerd-config',
    labels: componentLabels(),
    annotations: CREATED_BY,
    rules: [LINKERD_CONFIG],
  },
  {
    role: 'remote-discovery',
    binding: 'linkerd-destination-remote-discovery',
    account: 'linkerd-destination',
    labels: PART_OF_LINKERD,
    rules: [read('', 'secrets')],
  },
];

/** What the heartbeat may read. */
const HEARTBEAT_CLUSTER_RIGHTS: Rights = {
  role: 'linkerd-heartbeat',
  account: 'linkerd-heartbeat',
  labels: componentLabels(),
  rules: [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
    { apiGroups: ['linkerd.io'], resources: ['serviceprofiles'], verbs: ['list'] },
  ],
};
const HEARTBEAT_NAMESPACE_RIGHTS: Rights = {
  role: 'linkerd-heartbeat',
  account: 'linkerd-heartbeat',
  labels: componentLabels(),
  rules: [LINKERD_CONFIG],
};

/** The accounts of the control plane and what they may do. */
export function addRights(scope: Construct, heartbeat: boolean): void {
  const accounts: readonly ControlPlaneComponent[] = ['destination', 'identity', 'proxy-injector'];
  for (const component of [...accounts, ...(heartbeat ? (['heartbeat'] as const) : [])]) {
    const name = `linkerd-${component}`;
    const metadata = { name, namespace: LINKERD_NAMESPACE, labels: componentLabels(component) };
    new ServiceAccount(scope, `account-${name}`, { metadata });
  }
  for (const rights of [...CLUSTER_RIGHTS, ...(heartbeat ? [HEARTBEAT_CLUSTER_RIGHTS] : [])]) {
    addClusterRights(scope, rights);
  }
  for (const rights of [...NAMESPACE_RIGHTS, ...(heartbeat ? [HEARTBEAT_NAMESPACE_RIGHTS] : [])]) {
    addNamespaceRights(scope, rights);
  }
}

function addClusterRights(scope: Construct, { role, binding = role, account, labels, rules }: Rights): void {
  new ClusterRole(scope, `cluster-role-${role}`, { metadata: { name: role, labels }, rules });
  if (account === undefined) return;
  new ClusterRoleBinding(scope, `cluster-role-binding-${binding}`, {
    metadata: { name: binding, labels },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: LINKERD_NAMESPACE }],
  });
}

function addNamespaceRights(
  scope: Construct,
  { role, binding = role, account, labels, annotations, rules }: Rights,
): void {
  const metadata = { namespace: LINKERD_NAMESPACE, labels, ...(annotations && { annotations }) };
  new Role(scope, `role-${role}`, { metadata: { ...metadata, name: role }, rules });
  if (account === undefined) return;
  new RoleBinding(scope, `role-binding-${binding}`, {
    metadata: { ...metadata, name: binding },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: LINKERD_NAMESPACE }],
  });
}
