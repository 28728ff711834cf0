import type { Construct } from 'constructs';
import { ConfigMap } from '../../../imports/kubernetes';
import type { AnyKnown } from '../../objects/known-props';
import { VALUE } from '../../objects/known-props';
import { addMistake, addWarning } from '../../objects/mistakes';
import { QUEUE_PROXY_IMAGE, SERVING_VERSION } from '../serving/images';
import type { AutoscalerSettings } from './autoscaler';
import { autoscalerSettings } from './autoscaler';
import type { CertmanagerSettings } from './certmanager';
import { certmanagerSettings } from './certmanager';
import type { DefaultsSettings } from './defaults';
import { defaultsSettings } from './defaults';
import type { DeploymentSettings } from './deployment';
import { deploymentSettings } from './deployment';
import type { DomainSettings } from './domain';
import { domainSettings } from './domain';
import type { FeaturesSettings } from './features';
import { featuresSettings } from './features';
import type { GcSettings } from './gc';
import { gcSettings } from './gc';
import type { LeaderElectionSettings } from './leader-election';
import { leaderElectionSettings } from './leader-election';
import type { LoggingSettings } from './logging';
import { loggingSettings } from './logging';
import type { NetworkSettings } from './network';
import { networkSettings } from './network';
import type { ObservabilitySettings } from './observability';
import { observabilitySettings } from './observability';
import { keyStep } from '../../objects/key-step';
import { isKnownKey } from '../../model/serving/settings/judge-settings';
import { quote } from '../../syntax/quote';
import { propProblem } from '../../syntax/word';
import type { PlatformValues } from './platform-values';
import { contradictions, platformData, warnings } from './platform-values';
import type { ConfigMapSettings } from './setting';
import type { TracingSettings } from './tracing';

/**
 * Knative Serving's configuration: a prop for each ConfigMap of the namespace `knative-serving`, and in it one for each key, whose name
 * is the key's in camel case: `kubernetes.podspec-affinity` is `kubernetesPodspecAffinity`. What is not given is left to Serving.
 * Deprecated keys (`auto-tls`, `internal-encryption`) and deprecated spellings are left out. Source: Knative Serving 1.23.0.
 */
export interface KnativeServingSettings {
  /**
   * Domains for some services, besides the platform's own domain.
   *
   * @default - none
   */
  readonly domain?: DomainSettings;

  /**
   * Ingress, hosts and TLS.
   *
   * @default - Serving's defaults, with the platform's ingress class and mesh compatibility
   */
  readonly network?: NetworkSettings;

  /**
   * How revisions are scaled.
   *
   * @default - Serving's defaults
   */
  readonly autoscaler?: AutoscalerSettings;

  /**
   * What a revision gets that does not say otherwise, and limits of what it may say.
   *
   * @default - Serving's defaults
   */
  readonly defaults?: DefaultsSettings;

  /**
   * The Deployments of revisions and their queue proxy.
   *
   * @default - Serving's defaults
   */
  readonly deployment?: DeploymentSettings;

  /**
   * What may be said of pods beyond Serving's own subset.
   *
   * @default - Serving's defaults
   */
  readonly features?: FeaturesSettings;

  /**
   * When old revisions are deleted.
   *
   * @default - Serving's defaults
   */
  readonly gc?: GcSettings;

  /**
   * Logs of requests, metrics, traces, profiles.
   *
   * @default - Serving's defaults
   */
  readonly observability?: ObservabilitySettings;

  /**
   * What Serving's pods log.
   *
   * @default - Serving's defaults
   */
  readonly logging?: LoggingSettings;

  /**
   * Which of several replicas of a controller works.
   *
   * @default - Serving's defaults
   */
  readonly leaderElection?: LeaderElectionSettings;

  /**
   * Nothing: see `observability`.
   *
   * @default - nothing
   */
  readonly tracing?: TracingSettings;

  /**
   * Who issues certificates.
   *
   * @default - Serving's defaults
   */
  readonly certmanager?: CertmanagerSettings;

  /**
   * Keys that no other prop has, by ConfigMap, with their values as they stand there: those of a vendored release that is newer than what knitmesh knows,
   * such as `{ 'config-network': { 'a-new-key': 'Enabled' } }`. The rule `knative-config` of `npm run check` holds them to Serving 1.23.0, which
   * reads none of them: waive it for those that your release reads.
   *
   * @default - none
   */
  readonly others?: OtherSettings;
}

/** Keys and values by the name of a ConfigMap. */
export type OtherSettings = Readonly<Partial<Record<ConfigMapName, Readonly<Record<string, string>>>>>;

/** The settings of which each ConfigMap has a prop. */
type KnownSettings = Omit<KnativeServingSettings, 'others'>;

/** The data of Serving's ConfigMaps by their names. */
export type SettingsData = Readonly<Record<ConfigMapName, Readonly<Record<string, string>>>>;

export type ConfigMapName = (typeof CONFIG_MAPS)[keyof typeof CONFIG_MAPS]['name'];

interface ServingConfigMap<Settings> {
  readonly name: string;

  /** The label `app.kubernetes.io/component`: Serving's webhook checks the ConfigMaps of some components only. */
  readonly component: string;

  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly settings: ConfigMapSettings<Settings>;
}

const tracingSettings: ConfigMapSettings<TracingSettings> = {
  props: { kind: 'props', props: {} },
  data: () => ({}),
  problems: () => [],
};

/** Serving's ConfigMaps, by the prop of each. */
export const CONFIG_MAPS = {
  autoscaler: { name: 'config-autoscaler', component: 'autoscaler', settings: autoscalerSettings },
  certmanager: {
    name: 'config-certmanager',
    component: 'controller',
    labels: { 'networking.knative.dev/certificate-provider': 'cert-manager' },
    settings: certmanagerSettings,
  },
  defaults: { name: 'config-defaults', component: 'controller', settings: defaultsSettings },
  deployment: { name: 'config-deployment', component: 'controller', settings: deploymentSettings },
  domain: { name: 'config-domain', component: 'controller', settings: domainSettings },
  features: { name: 'config-features', component: 'controller', settings: featuresSettings },
  gc: { name: 'config-gc', component: 'controller', settings: gcSettings },
  leaderElection: { name: 'config-leader-election', component: 'controller', settings: leaderElectionSettings },
  logging: { name: 'config-logging', component: 'logging', settings: loggingSettings },
  network: { name: 'config-network', component: 'networking', settings: networkSettings },
  observability: { name: 'config-observability', component: 'observability', settings: observabilitySettings },
  tracing: { name: 'config-tracing', component: 'tracing', settings: tracingSettings },
} as const satisfies {
  readonly [Prop in keyof Required<KnownSettings>]: ServingConfigMap<Required<KnownSettings>[Prop]>;
};

/** The props of {@link KnativeServingSettings}, which are those of the tables. */
export const SERVING_SETTINGS: AnyKnown = {
  kind: 'props',
  props: {
    ...Object.fromEntries(Object.entries(CONFIG_MAPS).map(([prop, { settings }]) => [prop, settings.props])),
    others: VALUE,
  },
};

const configMaps = Object.entries(CONFIG_MAPS) as unknown as [
  keyof KnownSettings,
  ServingConfigMap<object> & { readonly name: ConfigMapName },
][];

/**
 * The data of each of Serving's ConfigMaps: what the settings say, and the platform's own values. A ConfigMap of which nothing is said has none.
 * The image of the queue proxy is not among it unless the settings say it: it belongs to the release.
 */
export function settingsData(settings: KnativeServingSettings, platform: PlatformValues): SettingsData {
  const own: Partial<Record<ConfigMapName, Record<string, string>>> = platformData(platform);
  return Object.fromEntries(
    configMaps.map(([prop, { name, settings: written }]) => [
      name,
      { ...own[name], ...written.data(settings[prop] ?? {}), ...settings.others?.[name] },
    ]),
  ) as SettingsData;
}

/** Records on a construct what is wrong with settings, and what a user should know of them. */
export function checkSettings(construct: Construct, settings: KnativeServingSettings, platform: PlatformValues): void {
  for (const [prop, { settings: written }] of configMaps) {
    for (const problem of written.problems(settings[prop] ?? {})) {
      addMistake(construct, `settings.${prop}${problem.startsWith('[') ? '' : '.'}${problem}`);
    }
  }
  for (const problem of otherProblems(settings.others ?? {})) addMistake(construct, `settings.others${problem}`);
  for (const problem of contradictions(settings, platform)) addMistake(construct, `settings.${problem}`);
  for (const warning of warnings(settings, platform)) addWarning(construct, `settings.${warning}`);
}

/** What is wrong with other keys: one that a prop has is set there, where its value is checked. */
function otherProblems(others: OtherSettings): string[] {
  const names = configMaps.map(([, { name }]) => name);
  return Object.entries(others).flatMap(([name, data]) => {
    const where = keyStep(name);
    if (!names.includes(name as ConfigMapName)) return [`${where}: ${propProblem(name, names) ?? ''}`];
    const [prop = ''] = configMaps.find((one) => one[1].name === name) ?? [];
    return Object.entries(data).flatMap(([key, value]) => {
      if (isKnownKey(name, key))
        return [
          `${where}${keyStep(key)}: is known to Serving 1.23.0: set it in settings.${prop}, where its value is checked`,
        ];
      return typeof value === 'string'
        ? []
        : [`${where}${keyStep(key)}: ${quote(value)} is not a text: write it as one`];
    });
  });
}

/**
 * Declares Serving's ConfigMaps for the embedded release. None has an `_example`: the webhook refuses one whose checksum is not the
 * annotated one. None has an empty `data`, which would be patched on every pass of a controller that applies it.
 */
export function addSettings(
  phase: Construct,
  namespace: string,
  settings: KnativeServingSettings,
  platform: PlatformValues,
): void {
  checkSettings(phase, settings, platform);
  const data = settingsData(settings, platform);
  const release: Partial<Record<ConfigMapName, Record<string, string>>> = {
    'config-deployment': { 'queue-sidecar-image': QUEUE_PROXY_IMAGE },
  };
  for (const [, { name, component, labels }] of configMaps) {
    const entries = { ...release[name], ...data[name] };
    new ConfigMap(phase, name, {
      metadata: {
        name,
        namespace,
        labels: {
          'app.kubernetes.io/name': 'knative-serving',
          'app.kubernetes.io/component': component,
          'app.kubernetes.io/version': SERVING_VERSION,
          ...labels,
        },
      },
      ...(Object.keys(entries).length === 0 ? {} : { data: entries }),
    });
  }
}
