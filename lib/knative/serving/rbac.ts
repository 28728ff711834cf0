import type { Construct } from 'constructs';
import type { PolicyRule } from '../../../imports/kubernetes';
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '../../../imports/kubernetes';
import { SERVING_LABELS, componentLabels } from './labels';

const READ = ['get', 'list', 'watch'];
const EDIT = ['get', 'list', 'create', 'update', 'delete', 'patch', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete'];

const INTERNAL_GROUPS = [
  'networking.internal.knative.dev',
  'autoscaling.internal.knative.dev',
  'caching.internal.knative.dev',
];

/** The label of roles that the controller has the rules of. */
const CONTROLLER_ROLE = { 'serving.knative.dev/controller': 'true' };
const ADDRESSABLE = { 'duck.knative.dev/addressable': 'true' };

interface RoleDescription {
  readonly name: string;

  /** Labels by which others find the role. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A role with rules of its own. */
interface RoleWithRules extends RoleDescription {
  readonly rules: readonly PolicyRule[];
}

/** What the controller, the autoscalers and the webhook may do. */
const CORE: RoleWithRules = {
  name: 'knative-serving-core',
  labels: CONTROLLER_ROLE,
  rules: [
    {
      apiGroups: [''],
      resources: ['pods', 'namespaces', 'secrets', 'configmaps', 'endpoints', 'services', 'events', 'serviceaccounts'],
      verbs: EDIT,
    },
    { apiGroups: [''], resources: ['endpoints/restricted'], verbs: ['create'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices/restricted'], verbs: ['create'] },
    { apiGroups: [''], resources: ['namespaces/finalizers'], verbs: ['update'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: EDIT },
    { apiGroups: ['apps'], resources: ['deployments', 'deployments/finalizers'], verbs: EDIT },
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
      verbs: EDIT,
    },
    {
      apiGroups: ['apiextensions.k8s.io'],
      resources: ['customresourcedefinitions', 'customresourcedefinitions/status'],
      verbs: EDIT,
    },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: EDIT },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: EDIT },
    {
      apiGroups: ['serving.knative.dev', 'autoscaling.internal.knative.dev', 'networking.internal.knative.dev'],
      resources: ['*', '*/status', '*/finalizers'],
      verbs: ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch'],
    },
    { apiGroups: ['caching.internal.knative.dev'], resources: ['images'], verbs: EDIT },
    {
      apiGroups: ['cert-manager.io'],
      resources: ['certificates', 'clusterissuers', 'certificaterequests', 'issuers'],
      verbs: EDIT,
    },
    { apiGroups: ['acme.cert-manager.io'], resources: ['challenges'], verbs: EDIT },
    {
      apiGroups: ['rbac.authorization.k8s.io'],
      resources: ['clusterroles'],
      verbs: ['delete'],
      resourceNames: ['knative-serving-certmanager'],
    },
    { apiGroups: ['*'], resources: ['*/scale'], verbs: ['patch'] },
  ],
};

const CLUSTER_ROLES: readonly RoleWithRules[] = [
  CORE,
  {
    name: 'knative-serving-activator-cluster',
    labels: CONTROLLER_ROLE,
    rules: [
      { apiGroups: [''], resources: ['services', 'endpoints'], verbs: READ },
      { apiGroups: ['serving.knative.dev'], resources: ['revisions'], verbs: READ },
    ],
  },
  {
    name: 'knative-serving-addressable-resolver',
    labels: ADDRESSABLE,
    rules: [
      {
        apiGroups: ['serving.knative.dev'],
        resources: ['routes', 'routes/status', 'services', 'services/status'],
        verbs: READ,
      },
    ],
  },
  {
    name: 'knative-serving-podspecable-binding',
    labels: { 'duck.knative.dev/podspecable': 'true' },
    rules: [
      {
        apiGroups: ['serving.knative.dev'],
        resources: ['configurations', 'services'],
        verbs: ['list', 'watch', 'patch'],
      },
    ],
  },
  {
    name: 'knative-serving-namespaced-admin',
    labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' },
    rules: [
      { apiGroups: ['serving.knative.dev'], resources: ['*'], verbs: ['*'] },
      { apiGroups: INTERNAL_GROUPS, resources: ['*'], verbs: READ },
    ],
  },
  {
    name: 'knative-serving-namespaced-edit',
    labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' },
    rules: [
      { apiGroups: ['serving.knative.dev'], resources: ['*'], verbs: WRITE },
      { apiGroups: INTERNAL_GROUPS, resources: ['*'], verbs: READ },
    ],
  },
  {
    name: 'knative-serving-namespaced-view',
    labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
    rules: [{ apiGroups: ['serving.knative.dev', ...INTERNAL_GROUPS], resources: ['*'], verbs: READ }],
  },
];

/** Roles whose rules Kubernetes gathers from others, by a label. They are declared without rules, or Git and Kubernetes would fight over them. */
const AGGREGATED: readonly (RoleDescription & { readonly from: Readonly<Record<string, string>> })[] = [
  { name: 'knative-serving-admin', from: CONTROLLER_ROLE },
  { name: 'knative-serving-aggregated-addressable-resolver', from: ADDRESSABLE },
];

const ACTIVATOR_ROLE: RoleWithRules = {
  name: 'knative-serving-activator',
  labels: CONTROLLER_ROLE,
  rules: [
    { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: READ },
    {
      apiGroups: [''],
      resources: ['secrets'],
      verbs: READ,
      resourceNames: ['routing-serving-certs', 'knative-serving-certs'],
    },
  ],
};

/** Who has which role. */
interface Binding {
  readonly name: string;
  readonly role: string;
  readonly serviceAccount: 'activator' | 'controller';
}

const CLUSTER_ROLE_BINDINGS: readonly Binding[] = [
  { name: 'knative-serving-controller-admin', role: 'knative-serving-admin', serviceAccount: 'controller' },
  {
    name: 'knative-serving-controller-addressable-resolver',
    role: 'knative-serving-aggregated-addressable-resolver',
    serviceAccount: 'controller',
  },
  {
    name: 'knative-serving-activator-cluster',
    role: 'knative-serving-activator-cluster',
    serviceAccount: 'activator',
  },
];

const ACTIVATOR_BINDING: Binding = {
  name: 'knative-serving-activator',
  role: ACTIVATOR_ROLE.name,
  serviceAccount: 'activator',
};

/** Declares Serving's ServiceAccounts and their rights. */
export function addRbac(scope: Construct, namespace: string): void {
  for (const name of ['activator', 'controller']) {
    new ServiceAccount(scope, `service-account-${name}`, {
      metadata: { name, namespace, labels: componentLabels(name) },
    });
  }
  for (const { name, labels, rules } of CLUSTER_ROLES) {
    new ClusterRole(scope, `cluster-role-${name}`, {
      metadata: { name, labels: { ...SERVING_LABELS, ...labels } },
      rules,
    });
  }
  for (const { name, from } of AGGREGATED) {
    new ClusterRole(scope, `cluster-role-${name}`, {
      metadata: { name, labels: SERVING_LABELS },
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: from }] },
    });
  }
  const { name, labels, rules } = ACTIVATOR_ROLE;
  new Role(scope, `role-${name}`, { metadata: { name, namespace, labels: { ...SERVING_LABELS, ...labels } }, rules });
  for (const binding of CLUSTER_ROLE_BINDINGS) {
    new ClusterRoleBinding(
      scope,
      `cluster-role-binding-${binding.name}`,
      bindingProps(binding, 'ClusterRole', namespace),
    );
  }
  const { metadata, ...binding } = bindingProps(ACTIVATOR_BINDING, 'Role', namespace);
  new RoleBinding(scope, `role-binding-${metadata.name}`, { metadata: { ...metadata, namespace }, ...binding });
}

const bindingProps = ({ name, role, serviceAccount }: Binding, kind: 'ClusterRole' | 'Role', namespace: string) => ({
  metadata: { name, labels: componentLabels(serviceAccount) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role },
  subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
});
