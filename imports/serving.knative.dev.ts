/**
 * `serving.knative.dev/v1`, kind Service: all that Knative Serving 1.23.0 takes of one, as it stands in YAML.
 * What a field needs (a flag of `config-features`, another field beside it) is checked by `KnativeService`
 * (lib/knative/service/), not here. Source: Serving 1.23.0, the CRD's schema and `pkg/apis/serving/fieldmask.go`.
 */
import type { k8s } from 'cdk8s-plus-27';
import { apiObjectClass } from './api-object';
import type { EnvVar as KubernetesEnvVar, ObjectMeta, OnTheWire, PodSpec } from './kubernetes';

export interface ServiceProps {
  readonly metadata: ObjectMeta;
  readonly spec: ServiceSpec;
}

export interface ServiceSpec {
  /** What the next revision is made of. Each change of it makes a revision. */
  readonly template: RevisionTemplate;

  /**
   * Where requests go.
   *
   * @default - all to the latest revision that is ready
   */
  readonly traffic?: readonly TrafficTarget[];
}

export interface RevisionTemplate {
  /** @default - no labels and annotations; the revision is named `<service>-NNNNN` */
  readonly metadata?: RevisionMetadata;
  readonly spec: RevisionSpec;
}

export interface RevisionMetadata {
  /**
   * The revision's name, which begins with `<service>-`. Each change of the template then needs another one.
   *
   * @default - `<service>-NNNNN`, counted by Serving
   */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A share of the requests and the revision that it goes to: `revisionName`, or `latestRevision: true`. */
export interface TrafficTarget {
  readonly revisionName?: string;

  /** Whether the share follows the latest revision that is ready. */
  readonly latestRevision?: boolean;

  /** Percent of the requests, 0 to 100. All targets together have 100. */
  readonly percent?: number;

  /** Gives the revision a host of its own as well, `<tag>-<service>`. */
  readonly tag?: string;
}

/** What Serving takes of a pod as Kubernetes has it. */
type TakenAsItIs = Pick<
  PodSpec,
  | 'affinity'
  | 'dnsConfig'
  | 'enableServiceLinks'
  | 'hostAliases'
  | 'hostIPC'
  | 'hostNetwork'
  | 'hostPID'
  | 'imagePullSecrets'
  | 'nodeSelector'
  | 'priorityClassName'
  | 'runtimeClassName'
  | 'schedulerName'
  | 'serviceAccountName'
  | 'shareProcessNamespace'
  | 'tolerations'
  | 'topologySpreadConstraints'
>;

export interface RevisionSpec extends TakenAsItIs {
  /** The serving container, which is the only one with a port, and its sidecars. */
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];

  /** How many requests a pod takes at once; 0 is without a limit. */
  readonly containerConcurrency?: number;

  /** How long a request may take, in seconds. */
  readonly timeoutSeconds?: number;

  /** How long a request may wait for the first byte of its response, in seconds. */
  readonly responseStartTimeoutSeconds?: number;

  /** How long a request may go without a byte either way, in seconds. */
  readonly idleTimeoutSeconds?: number;

  /** `true` is refused: it is what Kubernetes does anyway. */
  readonly automountServiceAccountToken?: false;
  readonly dnsPolicy?: DnsPolicy;
  readonly securityContext?: PodSecurityContext;
}

export type DnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
export type ImagePullPolicy = 'Always' | 'IfNotPresent' | 'Never';

export interface Container {
  readonly name?: string;
  readonly image: string;
  readonly imagePullPolicy?: ImagePullPolicy;

  /** Takes the place of the image's entrypoint. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
  readonly ports?: readonly ContainerPort[];
  readonly resources?: Resources;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: 'File' | 'FallbackToLogsOnError';
}

export interface ContainerPort {
  readonly containerPort: number;

  /** The protocol: HTTP/1.1, or HTTP/2 without TLS, which gRPC needs. */
  readonly name?: 'http1' | 'h2c';
  readonly protocol?: 'TCP';
}

/** CPU, memory, ephemeral storage and extended resources, as quantities. */
export interface Resources {
  readonly requests?: Readonly<Record<string, number | string>>;
  readonly limits?: Readonly<Record<string, number | string>>;
}

/** An environment variable: with a `value`, or with the source that it is read from. */
export type EnvVar = Pick<KubernetesEnvVar, 'name' | 'value'> & { readonly valueFrom?: EnvVarSource };

export interface EnvVarSource {
  readonly configMapKeyRef?: KeySelector;
  readonly secretKeyRef?: KeySelector;
  readonly fieldRef?: OnTheWire<k8s.ObjectFieldSelector>;
  readonly resourceFieldRef?: OnTheWire<k8s.ResourceFieldSelector>;
}

/** A key of a ConfigMap or of a Secret of the service's namespace. */
export interface KeySelector {
  readonly name: string;
  readonly key: string;

  /** Whether pods start without it. */
  readonly optional?: boolean;
}

/** All keys of a ConfigMap or of a Secret as environment variables. */
export interface EnvFromSource {
  /** Stands before each name. */
  readonly prefix?: string;
  readonly configMapRef?: ObjectReference;
  readonly secretRef?: ObjectReference;
}

/** A ConfigMap or Secret of the service's namespace. */
export interface ObjectReference {
  readonly name: string;

  /** Whether pods start without it. */
  readonly optional?: boolean;
}

/** How a container is asked whether it is well. One of `httpGet`, `tcpSocket`, `exec` and `grpc`. */
export interface Probe {
  readonly httpGet?: HttpGetAction;
  readonly tcpSocket?: TcpSocketAction;
  readonly exec?: { readonly command: readonly string[] };
  readonly grpc?: GrpcAction;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

export interface HttpGetAction {
  readonly path?: string;

  /** Default: the serving container's port. */
  readonly port?: number | string;
  readonly host?: string;
  readonly scheme?: 'HTTP' | 'HTTPS';
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

export interface TcpSocketAction {
  /** Default: the serving container's port. */
  readonly port?: number | string;
  readonly host?: string;
}

export interface GrpcAction {
  /** Default: the serving container's port. */
  readonly port?: number;

  /** The service that the health request names. */
  readonly service?: string;
}

export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };

  /** Serving takes no privileged containers. */
  readonly privileged?: false;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: SeccompProfile;
}

export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: SeccompProfile;
  readonly supplementalGroups?: readonly number[];
}

export interface SeccompProfile {
  readonly type: 'RuntimeDefault' | 'Localhost' | 'Unconfined';
  readonly localhostProfile?: string;
}

/** A volume with one source. Only `emptyDir`, `persistentVolumeClaim` and `ephemeral` can be written to. */
export interface Volume {
  readonly name: string;
  readonly configMap?: ConfigMapVolumeSource;
  readonly secret?: SecretVolumeSource;
  readonly projected?: ProjectedVolumeSource;
  readonly emptyDir?: EmptyDirVolumeSource;
  readonly persistentVolumeClaim?: OnTheWire<k8s.PersistentVolumeClaimVolumeSource>;
  readonly hostPath?: OnTheWire<k8s.HostPathVolumeSource>;
  readonly csi?: OnTheWire<k8s.CsiVolumeSource>;
  readonly ephemeral?: OnTheWire<k8s.EphemeralVolumeSource>;
  readonly image?: ImageVolumeSource;
}

export interface ConfigMapVolumeSource {
  readonly name: string;
  readonly optional?: boolean;
  readonly defaultMode?: number;
  readonly items?: readonly KeyToPath[];
}

export interface SecretVolumeSource {
  readonly secretName: string;
  readonly optional?: boolean;
  readonly defaultMode?: number;
  readonly items?: readonly KeyToPath[];
}

/** A key of a ConfigMap or Secret, and the file that it becomes. */
export interface KeyToPath {
  readonly key: string;
  readonly path: string;

  /** The file's permissions, for example 0o400. */
  readonly mode?: number;
}

export interface ProjectedVolumeSource {
  readonly defaultMode?: number;
  readonly sources?: readonly VolumeProjection[];
}

/** One of several sources of files in one volume. */
export interface VolumeProjection {
  readonly configMap?: Omit<ConfigMapVolumeSource, 'defaultMode'>;
  readonly secret?: Omit<ConfigMapVolumeSource, 'defaultMode'>;
  readonly downwardAPI?: OnTheWire<k8s.DownwardApiProjection>;
  readonly serviceAccountToken?: OnTheWire<k8s.ServiceAccountTokenProjection>;
}

export interface EmptyDirVolumeSource {
  /** `Memory` for a RAM disk. */
  readonly medium?: 'Memory';
  readonly sizeLimit?: number | string;
}

/** The files of an image, read-only. */
export interface ImageVolumeSource {
  readonly reference: string;
  readonly pullPolicy?: ImagePullPolicy;
}

export interface VolumeMount {
  /** The volume's name. */
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
  readonly mountPropagation?: 'None' | 'HostToContainer';
}

/** A Knative Service. */
export class Service extends apiObjectClass<ServiceProps>('serving.knative.dev/v1', 'Service') {}
