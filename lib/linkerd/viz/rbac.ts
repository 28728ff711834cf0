import type { Construct } from 'constructs';
import type { PolicyRule } from '../../../imports/kubernetes';
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '../../../imports/kubernetes';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import type { VizComponent } from './labels';
import { componentLabels, EXTENSION_LABEL, objectLabels } from './labels';
import { VIZ_NAMESPACE } from './namespace';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const WORKLOADS: PolicyRule = {
  apiGroups: ['extensions', 'apps'],
  resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  verbs: READ,
};
const JOBS: PolicyRule = { apiGroups: ['extensions', 'batch'], resources: ['cronjobs', 'jobs'], verbs: READ };

const core = (verbs: readonly string[], ...resources: string[]): PolicyRule => ({ apiGroups: [''], resources, verbs });
const list = (group: string, ...resources: string[]): PolicyRule => ({
  apiGroups: [group],
  resources,
  verbs: ['list'],
});

/** A role in the cluster. */
interface ClusterRights {
  readonly role: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly PolicyRule[];
}

const CLUSTER_ROLES: readonly (ClusterRights & { readonly component: VizComponent })[] = [
  {
    role: 'linkerd-linkerd-viz-metrics-api',
    component: 'metrics-api',
    labels: componentLabels('metrics-api'),
    rules: [
      WORKLOADS,
      JOBS,
      core(READ, 'pods', 'endpoints', 'services', 'replicationcontrollers', 'namespaces'),
      { apiGroups: ['linkerd.io'], resources: ['serviceprofiles'], verbs: READ },
      {
        apiGroups: ['policy.linkerd.io'],
        resources: ['servers', 'serverauthorizations', 'authorizationpolicies', 'httproutes'],
        verbs: ['list', 'get'],
      },
    ],
  },
  {
    role: 'linkerd-linkerd-viz-prometheus',
    component: 'prometheus',
    labels: componentLabels('prometheus'),
    rules: [core(READ, 'nodes', 'nodes/proxy', 'pods')],
  },
  {
    role: 'linkerd-linkerd-viz-tap',
    component: 'tap',
    labels: componentLabels('tap'),
    rules: [core(READ, 'pods', 'services', 'replicationcontrollers', 'namespaces', 'nodes'), WORKLOADS, JOBS],
  },
  {
    role: 'linkerd-linkerd-viz-tap-admin',
    component: 'tap',
    labels: componentLabels('tap'),
    rules: [core(['list'], 'namespaces'), { apiGroups: ['tap.linkerd.io'], resources: ['*'], verbs: ['watch'] }],
  },
  {
    role: 'linkerd-tap-injector',
    component: 'tap-injector',
    labels: EXTENSION_LABEL,
    rules: [core(READ, 'namespaces')],
  },
  {
    // What the dashboard's page of checks looks at.
    role: 'linkerd-linkerd-viz-web-check',
    component: 'web',
    labels: componentLabels('web'),
    rules: [
      list(RBAC, 'clusterroles', 'clusterrolebindings'),
      list('apiextensions.k8s.io', 'customresourcedefinitions'),
      list('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'validatingwebhookconfigurations'),
      list('linkerd.io', 'serviceprofiles'),
      core(['list'], 'nodes', 'pods', 'services'),
      { apiGroups: ['apiregistration.k8s.io'], resources: ['apiservices'], verbs: ['get'] },
    ],
  },
  {
    role: 'linkerd-linkerd-viz-web-api',
    component: 'web',
    labels: componentLabels('web'),
    rules: [core(['list'], 'namespaces')],
  },
];

/** Bindings in the cluster, to accounts of viz that have the name of their part. */
const CLUSTER_BINDINGS: readonly {
  readonly name: string;

  /** @default - the one of the binding's name */
  readonly role?: string;
  readonly component: VizComponent;
}[] = [
  { name: 'linkerd-linkerd-viz-metrics-api', component: 'metrics-api' },
  { name: 'linkerd-linkerd-viz-prometheus', component: 'prometheus' },
  { name: 'linkerd-linkerd-viz-tap', component: 'tap' },
  // Tap asks the API server whether whoever taps may do so.
  { name: 'linkerd-linkerd-viz-tap-auth-delegator', role: 'system:auth-delegator', component: 'tap' },
  { name: 'linkerd-tap-injector', component: 'tap-injector' },
  { name: 'linkerd-linkerd-viz-web-check', component: 'web' },
  { name: 'linkerd-linkerd-viz-web-admin', role: 'linkerd-linkerd-viz-tap-admin', component: 'web' },
  { name: 'linkerd-linkerd-viz-web-api', component: 'web' },
];

/** What the dashboard reads of the control plane. */
const WEB_RIGHTS: readonly PolicyRule[] = [
  { ...core(['get'], 'configmaps'), resourceNames: ['linkerd-config'] },
  core(['get'], 'namespaces', 'configmaps'),
  core(['list'], 'serviceaccounts', 'pods'),
  list('apps', 'replicasets'),
];

/** The accounts of the parts of viz and what they may do. */
export function addRights(scope: Construct, components: readonly VizComponent[]): void {
  for (const component of components) {
    const labels = component === 'tap-injector' ? EXTENSION_LABEL : objectLabels(component);
    const metadata = { name: component, namespace: VIZ_NAMESPACE, labels };
    new ServiceAccount(scope, `account-${component}`, { metadata });
  }
  for (const { role, component, labels, rules } of CLUSTER_ROLES) {
    if (!components.includes(component)) continue;
    new ClusterRole(scope, `cluster-role-${role}`, { metadata: { name: role, labels }, rules });
  }
  for (const { name, role = name, component } of CLUSTER_BINDINGS) {
    if (!components.includes(component)) continue;
    const labels = component === 'tap-injector' ? EXTENSION_LABEL : componentLabels(component);
    new ClusterRoleBinding(scope, `cluster-role-binding-${name}`, {
      metadata: { name, labels },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [subject(component)],
    });
  }
  addAccessToApiServersCa(scope);
  addAccessToControlPlane(scope);
}

/** Tap takes calls from the API server alone, and learns from this ConfigMap of `kube-system` how to know it. */
function addAccessToApiServersCa(scope: Construct): void {
  new RoleBinding(scope, 'role-binding-tap-auth-reader', {
    metadata: {
      name: 'linkerd-linkerd-viz-tap-auth-reader',
      namespace: 'kube-system',
      labels: objectLabels('tap'),
    },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'extension-apiserver-authentication-reader' },
    subjects: [subject('tap')],
  });
}

function addAccessToControlPlane(scope: Construct): void {
  const metadata = {
    name: 'web',
    namespace: LINKERD_NAMESPACE,
    labels: { ...componentLabels('web'), namespace: LINKERD_NAMESPACE },
  };
  new Role(scope, 'role-web', { metadata, rules: WEB_RIGHTS });
  new RoleBinding(scope, 'role-binding-web', {
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'web' },
    subjects: [subject('web')],
  });
}

const subject = (component: VizComponent) => ({ kind: 'ServiceAccount', name: component, namespace: VIZ_NAMESPACE });
