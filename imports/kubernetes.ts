import type { k8s } from 'cdk8s-plus-27';
import { apiObjectClass } from './api-object';

/**
 * The properties that cdk8s-plus-27 spells otherwise than Kubernetes, as `cdk8s-plus-27's: Kubernetes'`. Its classes translate
 * them while rendering and drop what they do not know; here the types are translated instead, so that an object is written as
 * it stands in YAML and nothing can get lost on the way.
 */
export const KUBERNETES_SPELLING = {
  clientIp: 'clientIP',
  clusterIp: 'clusterIP',
  datasetUuid: 'datasetUUID',
  diskUri: 'diskURI',
  downwardApi: 'downwardAPI',
  externalId: 'externalID',
  hostIp: 'hostIP',
  hostIpc: 'hostIPC',
  hostPid: 'hostPID',
  insecureSkipTlsVerify: 'insecureSkipTLSVerify',
  loadBalancerIp: 'loadBalancerIP',
  nodeId: 'nodeID',
  nonResourceUrLs: 'nonResourceURLs',
  openApiv3Schema: 'openAPIV3Schema',
  pdId: 'pdID',
  podCidr: 'podCIDR',
  podCidRs: 'podCIDRs',
  providerId: 'providerID',
  scaleIo: 'scaleIO',
  setHostnameAsFqdn: 'setHostnameAsFQDN',
  storagePolicyId: 'storagePolicyID',
  targetCpuUtilizationPercentage: 'targetCPUUtilizationPercentage',
  targetWwNs: 'targetWWNs',
  volumeId: 'volumeID',
  xKubernetesEmbeddedResource: 'x-kubernetes-embedded-resource',
  xKubernetesIntOrString: 'x-kubernetes-int-or-string',
  xKubernetesListMapKeys: 'x-kubernetes-list-map-keys',
  xKubernetesListType: 'x-kubernetes-list-type',
  xKubernetesMapType: 'x-kubernetes-map-type',
  xKubernetesPreserveUnknownFields: 'x-kubernetes-preserve-unknown-fields',
  xKubernetesValidations: 'x-kubernetes-validations',
} as const;

type KubernetesSpelling = typeof KUBERNETES_SPELLING;

/** The fields that Kubernetes 1.34 has and the types of cdk8s-plus-27 (Kubernetes 1.27) lack, as far as the platform uses them. */
export interface NewerContainerFields {
  /**
   * `Always` makes an init container a native sidecar (stable since Kubernetes 1.33).
   *
   * @default - an init container that runs to its end before the next one starts
   */
  readonly restartPolicy?: 'Always';

  /** @default - nothing is done when the container starts or stops */
  readonly lifecycle?: { readonly postStart?: NewerLifecycleHandler; readonly preStop?: NewerLifecycleHandler };
}

/** What a hook does besides what Kubernetes 1.27 knows. */
export interface NewerLifecycleHandler {
  /**
   * Waits for a number of seconds, which count in the pod's `terminationGracePeriodSeconds` (stable since Kubernetes 1.34).
   *
   * @default - the hook does something else
   */
  readonly sleep?: { readonly seconds: number };
}

type Scalar = string | number | boolean | undefined | null;

/** Whether a type is one of the two that stand for a number or a string. Others have a `value` as well, and more. */
type IsAmount<T> = T extends k8s.Quantity | k8s.IntOrString ? (keyof T extends 'value' ? true : false) : false;

/** A type of cdk8s-plus-27's `k8s`, as it stands in YAML: quantities and ports are numbers or strings, keys are Kubernetes' own. */
export type OnTheWire<T> = T extends Scalar
  ? T
  : IsAmount<T> extends true
    ? number | string
    : T extends Date
      ? string
      : T extends readonly (infer Item)[]
        ? readonly OnTheWire<Item>[]
        : T extends k8s.Container
          ? WithWireKeys<T> & NewerContainerFields
          : T extends object
            ? WithWireKeys<T>
            : T;

/** Keeps the documentation of each property: only the types with a property that is spelled otherwise are rebuilt. */
type WithWireKeys<T> = keyof T & keyof KubernetesSpelling extends never
  ? { readonly [K in keyof T]: OnTheWire<T[K]> }
  : { readonly [K in keyof T as K extends keyof KubernetesSpelling ? KubernetesSpelling[K] : K]: OnTheWire<T[K]> };

/** The metadata that an object is declared with. */
export type ObjectMeta = Pick<
  OnTheWire<k8s.ObjectMeta>,
  'namespace' | 'labels' | 'annotations' | 'finalizers' | 'ownerReferences'
> & { readonly name: string };

/** What a kind's object is declared with: the props of cdk8s-plus-27's class of that kind, with a name that must be given. */
type Declared<Props> = Omit<OnTheWire<Props>, 'metadata'> & { readonly metadata: ObjectMeta };

export type Container = OnTheWire<k8s.Container>;
export type PodSpec = OnTheWire<k8s.PodSpec>;
export type PodTemplateSpec = OnTheWire<k8s.PodTemplateSpec>;
export type Probe = OnTheWire<k8s.Probe>;
export type ResourceRequirements = OnTheWire<k8s.ResourceRequirements>;
export type EnvVar = OnTheWire<k8s.EnvVar>;
export type Volume = OnTheWire<k8s.Volume>;
export type VolumeMount = OnTheWire<k8s.VolumeMount>;
export type PolicyRule = OnTheWire<k8s.PolicyRule>;
export type Toleration = OnTheWire<k8s.Toleration>;
export type TopologySpreadConstraint = OnTheWire<k8s.TopologySpreadConstraint>;
export type ServicePort = OnTheWire<k8s.ServicePort>;
export type RuleWithOperations = OnTheWire<k8s.RuleWithOperations>;
export type CustomResourceConversion = OnTheWire<k8s.CustomResourceConversion>;
export type CustomResourceSubresources = OnTheWire<k8s.CustomResourceSubresources>;

export type NamespaceProps = Declared<k8s.KubeNamespaceProps>;
export type ServiceAccountProps = Declared<k8s.KubeServiceAccountProps>;
export type ConfigMapProps = Declared<k8s.KubeConfigMapProps>;
export type ServiceProps = Declared<k8s.KubeServiceProps>;
export type DeploymentProps = Declared<k8s.KubeDeploymentProps>;
export type PodDisruptionBudgetProps = Declared<k8s.KubePodDisruptionBudgetProps>;
export type ClusterRoleProps = Declared<k8s.KubeClusterRoleProps>;
export type ClusterRoleBindingProps = Declared<k8s.KubeClusterRoleBindingProps>;
export type RoleProps = Declared<k8s.KubeRoleProps>;
export type RoleBindingProps = Declared<k8s.KubeRoleBindingProps>;
export type SecretProps = Declared<k8s.KubeSecretProps>;
export type JobProps = Declared<k8s.KubeJobProps>;
export type CronJobProps = Declared<k8s.KubeCronJobProps>;
export type HorizontalPodAutoscalerProps = Declared<k8s.KubeHorizontalPodAutoscalerV2Props>;
export type CustomResourceDefinitionProps = Declared<k8s.KubeCustomResourceDefinitionProps>;
export type MutatingWebhookConfigurationProps = Declared<k8s.KubeMutatingWebhookConfigurationProps>;
export type ValidatingWebhookConfigurationProps = Declared<k8s.KubeValidatingWebhookConfigurationProps>;
export type ApiServiceProps = Declared<k8s.KubeApiServiceProps>;

export class Namespace extends apiObjectClass<NamespaceProps>('v1', 'Namespace') {}
export class ServiceAccount extends apiObjectClass<ServiceAccountProps>('v1', 'ServiceAccount') {}
export class ConfigMap extends apiObjectClass<ConfigMapProps>('v1', 'ConfigMap') {}
export class Service extends apiObjectClass<ServiceProps>('v1', 'Service') {}
export class Deployment extends apiObjectClass<DeploymentProps>('apps/v1', 'Deployment') {}
export class PodDisruptionBudget extends apiObjectClass<PodDisruptionBudgetProps>('policy/v1', 'PodDisruptionBudget') {}
export class ClusterRole extends apiObjectClass<ClusterRoleProps>('rbac.authorization.k8s.io/v1', 'ClusterRole') {}
export class ClusterRoleBinding extends apiObjectClass<ClusterRoleBindingProps>(
  'rbac.authorization.k8s.io/v1',
  'ClusterRoleBinding',
) {}
export class Role extends apiObjectClass<RoleProps>('rbac.authorization.k8s.io/v1', 'Role') {}
export class RoleBinding extends apiObjectClass<RoleBindingProps>('rbac.authorization.k8s.io/v1', 'RoleBinding') {}
export class Secret extends apiObjectClass<SecretProps>('v1', 'Secret') {}
export class Job extends apiObjectClass<JobProps>('batch/v1', 'Job') {}
export class CronJob extends apiObjectClass<CronJobProps>('batch/v1', 'CronJob') {}
export class HorizontalPodAutoscaler extends apiObjectClass<HorizontalPodAutoscalerProps>(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
) {}
export class CustomResourceDefinition extends apiObjectClass<CustomResourceDefinitionProps>(
  'apiextensions.k8s.io/v1',
  'CustomResourceDefinition',
) {}
export class MutatingWebhookConfiguration extends apiObjectClass<MutatingWebhookConfigurationProps>(
  'admissionregistration.k8s.io/v1',
  'MutatingWebhookConfiguration',
) {}
export class ValidatingWebhookConfiguration extends apiObjectClass<ValidatingWebhookConfigurationProps>(
  'admissionregistration.k8s.io/v1',
  'ValidatingWebhookConfiguration',
) {}
export class ApiService extends apiObjectClass<ApiServiceProps>('apiregistration.k8s.io/v1', 'APIService') {}
