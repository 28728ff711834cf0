import type { Construct } from 'constructs';
import type { Phase } from '../../objects/phase';
import { KNOWN_ELSEWHERE, VALUE, knownProps } from '../../objects/known-props';
import { addWarning } from '../../objects/mistakes';
import { addComponentNamespace, componentNamespaceProps } from '../../component-namespace';
import type { NamespaceProps, Namespaces } from '../../namespaces';
import { refuseEmbeddedOptions } from '../../releases/embedded-options';
import type { Release } from '../../releases/release';
import { quote } from '../../syntax/quote';
import type { PlatformValues } from '../settings/platform-values';
import { platformData } from '../settings/platform-values';
import type { KnativeServingSettings } from '../settings/settings';
import { addSettings, checkSettings, settingsData } from '../settings/settings';
import { SERVING_VERSION, servingImage } from './images';
import type { KnativeServingOptions } from './knative-serving';
import { KnativeServing } from './knative-serving';
import { SERVING_LABELS } from './labels';
import { COMPONENTS_OPTIONS, POD_OPTIONS } from './options';
import { addVendoredServing } from './vendored';

/** How Knative Serving is installed, and its namespace. */
export interface ServingOptions extends KnativeServingOptions {
  /**
   * The namespace `knative-serving`, over what the platform says of it: meshed, with a CPU request for the proxies, which scaling needs.
   *
   * @default {}
   */
  readonly namespace?: NamespaceProps;
}

/** The props of {@link ServingOptions}. */
export const SERVING_OPTIONS = knownProps<ServingOptions>({
  highAvailability: VALUE,
  hpaAutoscaler: VALUE,
  postInstallJobs: VALUE,
  imageRegistry: VALUE,
  components: COMPONENTS_OPTIONS,
  pods: POD_OPTIONS,
  // Its Namespace says so itself.
  namespace: KNOWN_ELSEWHERE,
});

/** Where Knative Serving goes to, and what the platform says of it. */
export interface ServingContext {
  readonly crds: Phase;

  /** The phase of its ConfigMaps. */
  readonly config: Phase;

  /** The phase of all else. */
  readonly serving: Phase;
  readonly namespaces: Namespaces;
  readonly settings: KnativeServingSettings;
  readonly values: PlatformValues;

  /** Annotations of all pods, besides the release's own. */
  readonly podAnnotations: Readonly<Record<string, string>>;

  /** @default - the project's */
  readonly root?: string;
}

const NAMESPACE = 'knative-serving';

/** A CPU request for the proxies: Kubernetes 1.34 cannot scale a pod by CPU one of whose native sidecars has none, and two Deployments are scaled so. */
const NAMESPACE_PROPS: NamespaceProps = { proxy: { cpuRequest: '100m' } };

/** Declares Knative Serving and its namespace. Returns the version that is rendered, if one is. */
export function addServing(
  scope: Construct,
  context: ServingContext,
  release: Release,
  { namespace, ...options }: ServingOptions = {},
): string | undefined {
  const { crds, config, serving, namespaces, values, root } = context;
  const own = { ...NAMESPACE_PROPS, ...(release === 'embedded' && { labels: SERVING_LABELS }) };
  addComponentNamespace(namespaces, NAMESPACE, componentNamespaceProps(own, namespace));
  if (release === 'external') {
    addWarning(
      config,
      `releases.knative-serving: is "external", so settings are not rendered: its ConfigMaps need ${quote(platformData(values))}`,
    );
    return undefined;
  }
  const settings = withImageRegistry(context.settings, options);
  if (release === 'embedded') {
    addSettings(config, NAMESPACE, settings, values);
    const { pods = {} } = options;
    const annotations = { ...context.podAnnotations, ...pods.annotations };
    new KnativeServing(scope, 'serving', {
      ...options,
      pods: { ...pods, annotations },
      phases: { crds, config, serving },
      namespace: NAMESPACE,
    });
    return SERVING_VERSION;
  }
  checkSettings(config, settings, values);
  refuseEmbeddedOptions(serving, options, {
    prop: 'knativeServing',
    component: NAMESPACE,
    vendored: ['hpaAutoscaler', 'postInstallJobs'],
  });
  const data = settingsData(settings, values);
  const { podAnnotations } = context;
  return addVendoredServing(
    { phase: serving, crds, config, namespaces, settings: data, podAnnotations, ...(root !== undefined && { root }) },
    options,
  ).version;
}

/** A mirror of images has the queue proxy's too, which Serving finds in a ConfigMap. */
function withImageRegistry(
  settings: KnativeServingSettings,
  { imageRegistry }: KnativeServingOptions,
): KnativeServingSettings {
  if (imageRegistry === undefined) return settings;
  return {
    ...settings,
    deployment: { queueSidecarImage: servingImage('queue', imageRegistry), ...settings.deployment },
  };
}
