/** What a flag of `config-features` says. `allowed` lets a field be set without Serving setting it. */
export type FeatureState = 'enabled' | 'allowed' | 'disabled' | 'AllowRootBounded';

const STATES = ['enabled', 'allowed', 'disabled'] as const;

/** The states of this one flag alone differ. */
const SECURE_POD_DEFAULTS = 'secure-pod-defaults';
const SECURE_POD_STATES = ['enabled', 'AllowRootBounded', 'disabled'] as const;

/** The flags of `config-features`, each with its state where it is not set. Source: Serving 1.23.0, `pkg/apis/config/features.go`. */
export const FEATURE_DEFAULTS = {
  'autodetect-http2': 'disabled',
  'kubernetes.containerspec-addcapabilities': 'disabled',
  'kubernetes.podspec-affinity': 'disabled',
  'kubernetes.podspec-dnsconfig': 'disabled',
  'kubernetes.podspec-dnspolicy': 'disabled',
  'kubernetes.podspec-fieldref': 'disabled',
  'kubernetes.podspec-hostaliases': 'disabled',
  'kubernetes.podspec-hostipc': 'disabled',
  'kubernetes.podspec-hostnetwork': 'disabled',
  'kubernetes.podspec-hostpid': 'disabled',
  'kubernetes.podspec-init-containers': 'disabled',
  'kubernetes.podspec-nodeselector': 'disabled',
  'kubernetes.podspec-persistent-volume-claim': 'disabled',
  'kubernetes.podspec-persistent-volume-write': 'disabled',
  'kubernetes.podspec-priorityclassname': 'disabled',
  'kubernetes.podspec-runtimeclassname': 'disabled',
  'kubernetes.podspec-schedulername': 'disabled',
  'kubernetes.podspec-securitycontext': 'disabled',
  'kubernetes.podspec-shareprocessnamespace': 'disabled',
  'kubernetes.podspec-tolerations': 'disabled',
  'kubernetes.podspec-topologyspreadconstraints': 'disabled',
  'kubernetes.podspec-volumes-csi': 'disabled',
  'kubernetes.podspec-volumes-emptydir': 'enabled',
  'kubernetes.podspec-volumes-ephemeral': 'disabled',
  'kubernetes.podspec-volumes-hostpath': 'disabled',
  'kubernetes.podspec-volumes-image': 'disabled',
  'kubernetes.podspec-volumes-mount-propagation': 'disabled',
  'multi-container': 'enabled',
  'multi-container-probing': 'disabled',
  'queueproxy.mount-podinfo': 'disabled',
  'queueproxy.resource-defaults': 'disabled',
  'secure-pod-defaults': 'disabled',
  'tag-header-based-routing': 'disabled',
} as const;

/** A flag of `config-features`. */
export type Feature = keyof typeof FEATURE_DEFAULTS;

/** What flags may say. */
export function featureStates(feature: Feature): readonly FeatureState[] {
  return feature === SECURE_POD_DEFAULTS ? SECURE_POD_STATES : STATES;
}

/** What a flag says; `undefined` if its text says nothing, so that Serving takes the default. Serving does not mind upper case. */
export function readFeature(feature: Feature, value: string): FeatureState | undefined {
  return featureStates(feature).find((state) => state.toLowerCase() === value.toLowerCase());
}
