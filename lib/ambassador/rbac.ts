import type { Construct } from 'constructs';
import type { PolicyRule } from '../../imports/kubernetes';
import { ClusterRole, ClusterRoleBinding, ServiceAccount } from '../../imports/kubernetes';
import { AMBASSADOR, LABELS } from './labels';

const READ = ['get', 'list', 'watch'];
const UPDATE = ['update'];

/** The kinds that Emissary watches, where the cluster has them. Source: Emissary 4.1.0, `cmd/entrypoint/interesting_types.go`. */
const AMBASSADOR_RESOURCES = [
  'authservices',
  'consulresolvers',
  'devportals',
  'hosts',
  'kubernetesendpointresolvers',
  'kubernetesserviceresolvers',
  'listeners',
  'logservices',
  'mappings',
  'modules',
  'ratelimitservices',
  'tcpmappings',
  'tlscontexts',
  'tracingservices',
];

/** It reads what it watches and updates statuses. It never writes its own configuration, and deletes nothing. */
const RULES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['services', 'endpoints', 'configmaps'], verbs: READ },
  // The UID of the namespace `default` stands for the cluster.
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['default'], verbs: ['get'] },
  { apiGroups: ['getambassador.io'], resources: AMBASSADOR_RESOURCES, verbs: READ },
  { apiGroups: ['getambassador.io'], resources: ['mappings/status'], verbs: UPDATE },
  { apiGroups: ['networking.internal.knative.dev'], resources: ['ingresses'], verbs: READ },
  { apiGroups: ['networking.internal.knative.dev'], resources: ['ingresses/status'], verbs: UPDATE },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'ingressclasses'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: UPDATE },
];

/**
 * Emissary lists and watches Secrets in all namespaces at once, so a Role in one namespace is of no use to it. Where that is forbidden it
 * goes on as if there were none and says so in its log: all that it loses is certificates. Source: Emissary, `pkg/kates/client.go`.
 */
const SECRETS: PolicyRule = { apiGroups: [''], resources: ['secrets'], verbs: READ };

/** Declares the ServiceAccount and its rights, in one role. Secrets can be read where TLS needs it. */
export function addRbac(scope: Construct, { tls }: { readonly tls: boolean }): void {
  new ServiceAccount(scope, 'service-account', {
    metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS },
  });
  new ClusterRole(scope, 'cluster-role', {
    metadata: { name: AMBASSADOR, labels: LABELS },
    rules: tls ? [...RULES, SECRETS] : RULES,
  });
  new ClusterRoleBinding(scope, 'cluster-role-binding', {
    metadata: { name: AMBASSADOR, labels: LABELS },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: AMBASSADOR },
    subjects: [{ kind: 'ServiceAccount', name: AMBASSADOR, namespace: AMBASSADOR }],
  });
}
