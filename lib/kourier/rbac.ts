import type { Construct } from 'constructs';
import type { PolicyRule } from '../../imports/kubernetes';
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '../../imports/kubernetes';
import { CONTROLLER_NAMESPACE, GATEWAY, KOURIER_NAMESPACE, LABELS } from './labels';

/** The controller's ServiceAccount, and its roles. */
export const CONTROLLER_ACCOUNT = 'net-kourier';

const READ = ['get', 'list', 'watch'];

/**
 * What the controller does in all namespaces: services and their Ingresses can be in any. It watches Secrets whether or not there is TLS, and does
 * not start where it may not. Source: net-kourier 1.23.0, `pkg/reconciler/ingress/controller.go`.
 */
const EVERYWHERE: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'update', 'patch'] },
  { apiGroups: [''], resources: ['pods', 'services', 'secrets'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['networking.internal.knative.dev'], resources: ['ingresses'], verbs: [...READ, 'patch'] },
  { apiGroups: ['networking.internal.knative.dev'], resources: ['ingresses/status'], verbs: ['update'] },
];

/** What it does in its own namespace alone: Serving's configuration, and who of several controllers leads. Source: knative.dev/pkg, `injection/sharedmain` and `leaderelection`. */
const IN_ITS_NAMESPACE: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['configmaps'], verbs: READ },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] },
];

/** Declares the ServiceAccounts, and the controller's rights. The gateways have none: theirs is an identity in the mesh. */
export function addRbac(scope: Construct): void {
  const metadata = { name: CONTROLLER_ACCOUNT, labels: LABELS };
  const inItsNamespace = { ...metadata, namespace: CONTROLLER_NAMESPACE };
  const subjects = [{ kind: 'ServiceAccount', name: CONTROLLER_ACCOUNT, namespace: CONTROLLER_NAMESPACE }];
  const role = (kind: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: CONTROLLER_ACCOUNT });
  new ServiceAccount(scope, 'controller-account', { metadata: inItsNamespace });
  new ServiceAccount(scope, 'gateway-account', {
    metadata: { name: GATEWAY, namespace: KOURIER_NAMESPACE, labels: LABELS },
  });
  new ClusterRole(scope, 'cluster-role', { metadata, rules: EVERYWHERE });
  new ClusterRoleBinding(scope, 'cluster-role-binding', { metadata, roleRef: role('ClusterRole'), subjects });
  new Role(scope, 'role', { metadata: inItsNamespace, rules: IN_ITS_NAMESPACE });
  new RoleBinding(scope, 'role-binding', { metadata: inItsNamespace, roleRef: role('Role'), subjects });
}
