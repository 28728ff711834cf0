import { VALUE, knownProps, mapOf } from '../../objects/known-props';
import { dnsSubdomainProblem } from '../../syntax/dns';
import type { GoDuration } from '../../syntax/go-duration';
import { imageReferenceProblem } from '../../syntax/image-reference';
import type { Quantity } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import { wordProblem } from '../../syntax/word';
import type { MatchLabels } from './label-selector';
import { matchLabelsProblem } from './label-selector';
import { requestProblems } from './quantities';
import type { SettingsTable, WithDefaults } from './setting';
import { duration, flag, lineProblem, list, oneOf, quantity, settingsOf, text, yaml } from './setting';

/** A version of TLS. */
export type TlsVersion = '1.2' | '1.3';

const CURVES = ['X25519MLKEM768', 'X25519', 'CurveP256', 'CurveP384', 'CurveP521'] as const;

/** A key exchange of TLS, as Go names it. */
export type TlsCurve = (typeof CURVES)[number];

const CIPHER_SUITES = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
] as const;

/** A cipher suite of TLS 1.2, as Go names it; those of TLS 1.3 cannot be chosen. */
export type TlsCipherSuite = (typeof CIPHER_SUITES)[number];

/** The revisions that a container runtime is for. */
export interface RuntimeClassUse {
  /**
   * Labels that a revision must have, all of them. Of several runtime classes that fit, the one with the most labels counts.
   *
   * @default - it is for every revision
   */
  readonly selector?: MatchLabels;
}

/**
 * `config-deployment`: the Deployments of revisions, and the queue proxy in their pods.
 * Source: Knative Serving 1.23.0, `pkg/deployment/config.go`.
 */
export interface DeploymentSettings {
  /**
   * The queue proxy's image, where it comes from a mirror. It must be of Serving's own release.
   *
   * @default - the release's image, with its digest
   */
  readonly queueSidecarImage?: string;

  /**
   * Registries whose tags are not resolved to digests, `host` or `host:port`. Serving asks the registry for the digest of
   * each tag, so a revision fails where it cannot reach the registry, unless it is one of these.
   *
   * @default ['kind.local', 'ko.local', 'dev.local']
   */
  readonly registriesSkippingTagResolving?: readonly string[];

  /**
   * How long a registry may take to tell a digest, over 0s.
   *
   * @default '10s'
   */
  readonly digestResolutionTimeout?: GoDuration;

  /**
   * How long a revision's Deployment may take to become ready, over 0s, whole seconds.
   *
   * @default '600s'
   */
  readonly progressDeadline?: GoDuration;

  /**
   * The CPU that each queue proxy asks for.
   *
   * @default '25m'
   */
  readonly queueSidecarCpuRequest?: Quantity;

  /** @default - none; 1000m with the feature queueproxyResourceDefaults */
  readonly queueSidecarCpuLimit?: Quantity;

  /** @default - none; 400Mi with the feature queueproxyResourceDefaults */
  readonly queueSidecarMemoryRequest?: Quantity;

  /** @default - none; 800Mi with the feature queueproxyResourceDefaults */
  readonly queueSidecarMemoryLimit?: Quantity;

  /** @default - none */
  readonly queueSidecarEphemeralStorageRequest?: Quantity;

  /** @default - none */
  readonly queueSidecarEphemeralStorageLimit?: Quantity;

  /**
   * Audiences for each of which the queue proxy gets a token of the service account. For extensions of it.
   *
   * @default []
   */
  readonly queueSidecarTokenAudiences?: readonly string[];

  /**
   * A certificate (PEM) that the queue proxy trusts besides those of its image. For extensions of it.
   *
   * @default - none
   */
  readonly queueSidecarRootca?: string;

  /**
   * The oldest TLS that the queue proxy takes where `systemInternalTls` is enabled.
   *
   * @default '1.3'
   */
  readonly queueSidecarTlsMinVersion?: TlsVersion;

  /**
   * The newest TLS that the queue proxy takes.
   *
   * @default - the newest that Go has
   */
  readonly queueSidecarTlsMaxVersion?: TlsVersion;

  /**
   * The cipher suites that the queue proxy takes with TLS 1.2; none named are Go's own.
   *
   * @default []
   */
  readonly queueSidecarTlsCipherSuites?: readonly TlsCipherSuite[];

  /**
   * The key exchanges that the queue proxy takes; none named are Go's own.
   *
   * @default []
   */
  readonly queueSidecarTlsCurvePreferences?: readonly TlsCurve[];

  /**
   * Whether the pods of a revision are put on different nodes where that is possible.
   *
   * @default 'prefer-spread-revision-over-nodes'
   */
  readonly defaultAffinityType?: 'none' | 'prefer-spread-revision-over-nodes';

  /**
   * The `runtimeClassName` of pods: the names of RuntimeClasses, and the revisions that each is for.
   *
   * @default - none
   */
  readonly runtimeClassName?: Readonly<Record<string, RuntimeClassUse>>;

  /**
   * Whether every pod finds a node in the end, for example because one is added: a revision whose pods wait is then not
   * taken for failed.
   *
   * @default false
   */
  readonly podIsAlwaysSchedulable?: boolean;
}

/** How each setting is written. */
export const DEPLOYMENT = {
  queueSidecarImage: text('queue-sidecar-image', { problem: imageReferenceProblem }),
  registriesSkippingTagResolving: list('registries-skipping-tag-resolving', {
    default: ['kind.local', 'ko.local', 'dev.local'],
    problem: registryProblem,
  }),
  digestResolutionTimeout: duration('digest-resolution-timeout', { default: '10s', positive: true }),
  progressDeadline: duration('progress-deadline', { default: '600s', positive: true, wholeSeconds: true }),
  queueSidecarCpuRequest: quantity('queue-sidecar-cpu-request', '25m'),
  queueSidecarCpuLimit: quantity('queue-sidecar-cpu-limit'),
  queueSidecarMemoryRequest: quantity('queue-sidecar-memory-request'),
  queueSidecarMemoryLimit: quantity('queue-sidecar-memory-limit'),
  queueSidecarEphemeralStorageRequest: quantity('queue-sidecar-ephemeral-storage-request'),
  queueSidecarEphemeralStorageLimit: quantity('queue-sidecar-ephemeral-storage-limit'),
  queueSidecarTokenAudiences: list('queue-sidecar-token-audiences', { problem: audienceProblem }),
  queueSidecarRootca: text('queue-sidecar-rootca', { problem: certificateProblem }),
  queueSidecarTlsMinVersion: oneOf('queue-sidecar-tls-min-version', ['1.2', '1.3'], '1.3'),
  queueSidecarTlsMaxVersion: oneOf('queue-sidecar-tls-max-version', ['1.2', '1.3']),
  queueSidecarTlsCipherSuites: list<TlsCipherSuite>('queue-sidecar-tls-cipher-suites', {
    problem: (suite) => wordProblem(suite, CIPHER_SUITES),
  }),
  queueSidecarTlsCurvePreferences: list<TlsCurve>('queue-sidecar-tls-curve-preferences', {
    problem: (curve) => wordProblem(curve, CURVES),
  }),
  defaultAffinityType: oneOf(
    'default-affinity-type',
    ['none', 'prefer-spread-revision-over-nodes'],
    'prefer-spread-revision-over-nodes',
  ),
  runtimeClassName: yaml<Readonly<Record<string, RuntimeClassUse>>>(
    'runtime-class-name',
    runtimeClassesProblem,
    mapOf(knownProps<RuntimeClassUse>({ selector: VALUE })),
  ),
  podIsAlwaysSchedulable: flag('pod-is-always-schedulable', false),
} as const satisfies SettingsTable<DeploymentSettings>;

export const deploymentSettings = settingsOf<DeploymentSettings, typeof DEPLOYMENT>(DEPLOYMENT, rules);

function rules(settings: WithDefaults<typeof DEPLOYMENT>): string[] {
  const { queueSidecarTlsMinVersion: oldest, queueSidecarTlsMaxVersion: newest = '1.3' } = settings;
  const problems = requestProblems(settings, [
    ['queueSidecarCpuRequest', 'queueSidecarCpuLimit'],
    ['queueSidecarMemoryRequest', 'queueSidecarMemoryLimit'],
    ['queueSidecarEphemeralStorageRequest', 'queueSidecarEphemeralStorageLimit'],
  ]);
  if (oldest > newest) {
    problems.push(
      `queueSidecarTlsMaxVersion: "${newest}" is older than queueSidecarTlsMinVersion, "${oldest}": set that to "1.2"`,
    );
  }
  return problems;
}

function registryProblem(value: string): string | undefined {
  return /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]{1,5})?$/.test(value)
    ? undefined
    : `${quote(value)} is not a registry: write for example "registry.example.com" or "localhost:5000"`;
}

function audienceProblem(value: string): string | undefined {
  return (
    lineProblem(value) ??
    (/[\s,]/.test(value) ? `${quote(value)} has a blank or a comma in it: write one audience an item` : undefined)
  );
}

function certificateProblem(value: string): string | undefined {
  return /-----BEGIN CERTIFICATE-----[^]+-----END CERTIFICATE-----/.test(value)
    ? undefined
    : `${quote(value.slice(0, 20))} is not a certificate: write it as PEM, from "-----BEGIN CERTIFICATE-----" on`;
}

function runtimeClassesProblem(classes: Readonly<Record<string, RuntimeClassUse>>): string | undefined {
  return Object.entries(classes)
    .map(([name, { selector = {} }]) => dnsSubdomainProblem(name) ?? matchLabelsProblem(selector))
    .find((problem) => problem !== undefined);
}
