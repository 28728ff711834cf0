import type { Feature as FeatureKey } from '../../model/serving/features';
import { FEATURE_DEFAULTS } from '../../model/serving/features';
import type { SettingsTable } from './setting';
import { oneOf, settingsOf } from './setting';

/** Whether something is on or off. */
export type Feature = 'enabled' | 'disabled';

/** Whether services may use a field: with `enabled` and `allowed` they may, with `disabled` they are refused. */
export type FieldFeature = Feature | 'allowed';

/**
 * `config-features`: what services may say of their pods beyond the subset that Serving takes by itself, and what else can be switched.
 * A feature that is switched off again breaks the services that use it: their revisions are refused from then on.
 * Source: Knative Serving 1.23.0, `pkg/apis/config/features.go`, `pkg/apis/serving/fieldmask.go` and `k8s_validation.go`, which
 * tell where `allowed` counts; Serving ignores words that it does not know.
 */
export interface FeaturesSettings {
  /**
   * What a container's security context is where a service says nothing: with `AllowRootBounded` the seccomp profile is
   * RuntimeDefault and all capabilities are dropped, with `enabled` it must also run as another user than root.
   *
   * @default 'disabled'
   */
  readonly securePodDefaults?: Feature | 'AllowRootBounded';

  /**
   * Several containers in a pod.
   *
   * @default 'enabled'
   */
  readonly multiContainer?: Feature;

  /**
   * Liveness and readiness probes on containers other than the one with the port.
   *
   * @default 'disabled'
   */
  readonly multiContainerProbing?: Feature;

  /**
   * `affinity`: which nodes and neighbours pods want.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecAffinity?: FieldFeature;

  /**
   * `topologySpreadConstraints`: how pods are spread over zones and nodes.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecTopologyspreadconstraints?: FieldFeature;

  /**
   * `hostAliases`: entries of the pods' hosts file.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecHostaliases?: FieldFeature;

  /**
   * `nodeSelector`: labels that a node must have.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecNodeselector?: FieldFeature;

  /**
   * `tolerations`: taints of nodes that pods put up with.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecTolerations?: FieldFeature;

  /**
   * Environment variables from the pod itself: `valueFrom.fieldRef` and `valueFrom.resourceFieldRef`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecFieldref?: FieldFeature;

  /**
   * `runtimeClassName`: the container runtime.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecRuntimeclassname?: FieldFeature;

  /**
   * `dnsPolicy`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecDnspolicy?: FieldFeature;

  /**
   * `dnsConfig`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecDnsconfig?: FieldFeature;

  /**
   * The pod's `securityContext`: user, groups, fsGroup and seccomp profile. It counts for the proxies beside the
   * containers too.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecSecuritycontext?: FieldFeature;

  /**
   * `shareProcessNamespace`: containers of a pod see each other's processes.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecShareprocessnamespace?: FieldFeature;

  /**
   * `hostIPC`: pods share the node's interprocess communication.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecHostipc?: FieldFeature;

  /**
   * `hostPID`: pods see the node's processes.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecHostpid?: FieldFeature;

  /**
   * `hostNetwork`: pods have the node's network, and so are not in the mesh.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecHostnetwork?: FieldFeature;

  /**
   * `priorityClassName`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecPriorityclassname?: FieldFeature;

  /**
   * `schedulerName`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecSchedulername?: FieldFeature;

  /**
   * `securityContext.capabilities.add` of a container.
   *
   * @default 'disabled'
   */
  readonly kubernetesContainerspecAddcapabilities?: Feature;

  /**
   * Whether the header `Knative-Serving-Tag` chooses a tag. The networking layer must know such routes.
   *
   * @default 'disabled'
   */
  readonly tagHeaderBasedRouting?: Feature;

  /**
   * Whether the queue proxy finds out by itself that a container speaks HTTP/2; otherwise its port is named `h2c`.
   *
   * @default 'disabled'
   */
  readonly autodetectHttp2?: Feature;

  /**
   * Volumes of the kind `emptyDir`.
   *
   * @default 'enabled'
   */
  readonly kubernetesPodspecVolumesEmptydir?: Feature;

  /**
   * Volumes of the kind `image`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecVolumesImage?: Feature;

  /**
   * Volumes of the kind `hostPath`, which lead out of the pod to the node's files.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecVolumesHostpath?: Feature;

  /**
   * Volumes of the kind `ephemeral`: a claim that lives as long as the pod.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecVolumesEphemeral?: Feature;

  /**
   * Volumes of the kind `csi`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecVolumesCsi?: Feature;

  /**
   * `initContainers`.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecInitContainers?: Feature;

  /**
   * Volumes of the kind `persistentVolumeClaim`, to read from.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecPersistentVolumeClaim?: Feature;

  /**
   * Whether volumes of the kind `persistentVolumeClaim` can be written to as well.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecPersistentVolumeWrite?: Feature;

  /**
   * `mountPropagation` of a container's volume mount.
   *
   * @default 'disabled'
   */
  readonly kubernetesPodspecVolumesMountPropagation?: Feature;

  /**
   * Whether the queue proxy gets the pod's annotations as a file, `/etc/podinfo/annotations`, for extensions of it. With
   * `allowed` a service asks for it by the annotation `features.knative.dev/queueproxy-podinfo: enabled`. Alpha.
   *
   * @default 'disabled'
   */
  readonly queueproxyMountPodinfo?: FieldFeature;

  /**
   * Whether the queue proxy has resource requests and limits where `config-deployment` says none.
   *
   * @default 'disabled'
   */
  readonly queueproxyResourceDefaults?: Feature;
}

const feature = <Key extends FeatureKey>(key: Key) =>
  oneOf<Feature, (typeof FEATURE_DEFAULTS)[Key]>(key, ['enabled', 'disabled'], FEATURE_DEFAULTS[key]);
const field = (key: FeatureKey) => oneOf(key, ['enabled', 'allowed', 'disabled'], 'disabled');

/** How each setting is written. */
export const FEATURES = {
  securePodDefaults: oneOf('secure-pod-defaults', ['enabled', 'AllowRootBounded', 'disabled'], 'disabled'),
  multiContainer: feature('multi-container'),
  multiContainerProbing: feature('multi-container-probing'),
  kubernetesPodspecAffinity: field('kubernetes.podspec-affinity'),
  kubernetesPodspecTopologyspreadconstraints: field('kubernetes.podspec-topologyspreadconstraints'),
  kubernetesPodspecHostaliases: field('kubernetes.podspec-hostaliases'),
  kubernetesPodspecNodeselector: field('kubernetes.podspec-nodeselector'),
  kubernetesPodspecTolerations: field('kubernetes.podspec-tolerations'),
  kubernetesPodspecFieldref: field('kubernetes.podspec-fieldref'),
  kubernetesPodspecRuntimeclassname: field('kubernetes.podspec-runtimeclassname'),
  kubernetesPodspecDnspolicy: field('kubernetes.podspec-dnspolicy'),
  kubernetesPodspecDnsconfig: field('kubernetes.podspec-dnsconfig'),
  kubernetesPodspecSecuritycontext: field('kubernetes.podspec-securitycontext'),
  kubernetesPodspecShareprocessnamespace: field('kubernetes.podspec-shareprocessnamespace'),
  kubernetesPodspecHostipc: field('kubernetes.podspec-hostipc'),
  kubernetesPodspecHostpid: field('kubernetes.podspec-hostpid'),
  kubernetesPodspecHostnetwork: field('kubernetes.podspec-hostnetwork'),
  kubernetesPodspecPriorityclassname: field('kubernetes.podspec-priorityclassname'),
  kubernetesPodspecSchedulername: field('kubernetes.podspec-schedulername'),
  kubernetesContainerspecAddcapabilities: feature('kubernetes.containerspec-addcapabilities'),
  tagHeaderBasedRouting: feature('tag-header-based-routing'),
  autodetectHttp2: feature('autodetect-http2'),
  kubernetesPodspecVolumesEmptydir: feature('kubernetes.podspec-volumes-emptydir'),
  kubernetesPodspecVolumesImage: feature('kubernetes.podspec-volumes-image'),
  kubernetesPodspecVolumesHostpath: feature('kubernetes.podspec-volumes-hostpath'),
  kubernetesPodspecVolumesEphemeral: feature('kubernetes.podspec-volumes-ephemeral'),
  kubernetesPodspecVolumesCsi: feature('kubernetes.podspec-volumes-csi'),
  kubernetesPodspecInitContainers: feature('kubernetes.podspec-init-containers'),
  kubernetesPodspecPersistentVolumeClaim: feature('kubernetes.podspec-persistent-volume-claim'),
  kubernetesPodspecPersistentVolumeWrite: feature('kubernetes.podspec-persistent-volume-write'),
  kubernetesPodspecVolumesMountPropagation: feature('kubernetes.podspec-volumes-mount-propagation'),
  queueproxyMountPodinfo: field('queueproxy.mount-podinfo'),
  queueproxyResourceDefaults: feature('queueproxy.resource-defaults'),
} as const satisfies SettingsTable<FeaturesSettings>;

export const featuresSettings = settingsOf<FeaturesSettings, typeof FEATURES>(FEATURES);
