import { nearest } from '../../syntax/nearest';
import { groupOf } from '../../objects/api-group';

/** What an API group's schemas are called in kubernetes-models, where that is not the first word of its name. */
const SCHEMA_NAMES: Readonly<Record<string, string>> = {
  '': 'IoK8sApiCore',
  'apiextensions.k8s.io': 'IoK8sApiextensionsApiserverPkgApisApiextensions',
  'apiregistration.k8s.io': 'IoK8sKubeAggregatorPkgApisApiregistration',
};

/**
 * The kinds that Kubernetes serves unless it is told to serve more, without their lists: none of an alpha or beta version.
 * Source: Kubernetes 1.34.0, `api/openapi-spec/swagger.json`.
 */
const SERVED: Readonly<Record<string, string>> = {
  v1: `Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate
    ReplicationController ResourceQuota Secret Service ServiceAccount`,
  'admissionregistration.k8s.io/v1': `MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
    ValidatingWebhookConfiguration`,
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io/v1':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'node.k8s.io/v1': 'RuntimeClass',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io/v1': 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
};

/** Kubernetes' groups of which nothing is served unless it is told to. */
const NOT_SERVED: readonly string[] = ['internal.apiserver.k8s.io', 'storagemigration.k8s.io'];

const KINDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SERVED).map(([apiVersion, kinds]) => [apiVersion, kinds.split(/\s+/)]),
);

/** A kind, and what its schema is called in kubernetes-models. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: string;
}

/** All of them. */
export const SERVED_KINDS: readonly ServedKind[] = [...KINDS].flatMap(([apiVersion, kinds]) =>
  kinds.map((kind) => ({ apiVersion, kind, schema: `${schemaPrefix(apiVersion)}${kind}` })),
);

/** The groups with a dot whose kinds Kubernetes itself has. */
export const BUILT_IN_GROUPS: readonly string[] = [...new Set([...KINDS.keys()].map(groupOf)), ...NOT_SERVED].filter(
  (group) => group.includes('.'),
);

/** Whether a group is of Kubernetes itself. */
export const isBuiltInGroup = (group: string): boolean => !group.includes('.') || BUILT_IN_GROUPS.includes(group);

/** What to do about a kind that is not served. */
export function insteadOf(apiVersion: string, kind: string): string {
  const elsewhere = SERVED_KINDS.filter((served) => served.kind === kind).map((served) => served.apiVersion);
  if (elsewhere.length > 0) return `use ${elsewhere.join(' or ')}`;
  const meant = nearest(kind, KINDS.get(apiVersion) ?? []);
  return meant === undefined ? 'correct apiVersion or kind' : `did you mean ${meant}?`;
}

function schemaPrefix(apiVersion: string): string {
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(group === '' ? 0 : group.length + 1);
  const [first = ''] = group.split('.');
  return `${SCHEMA_NAMES[group] ?? `IoK8sApi${upperFirst(first)}`}${upperFirst(version)}`;
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
