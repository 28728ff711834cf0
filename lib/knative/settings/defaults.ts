import type { Quantity } from '../../syntax/quantity';
import { containerNameTemplateProblem } from '../../model/serving/settings/container-name-template';
import { requestProblems } from './quantities';
import type { SettingsTable, WithDefaults } from './setting';
import { flag, orWord, quantity, settingsOf, template, wholeNumber } from './setting';

/**
 * `config-defaults`: what a revision gets where its service does not say it, and the limits of what it may say.
 * Source: Knative Serving 1.23.0, `pkg/apis/config/defaults.go`.
 */
export interface DefaultsSettings {
  /**
   * Seconds that a request may take in all: at least 1, at most `maxRevisionTimeoutSeconds`.
   *
   * @default 300
   */
  readonly revisionTimeoutSeconds?: number;

  /**
   * The most seconds that a service may ask for as its `timeoutSeconds`. The activator's own
   * `terminationGracePeriodSeconds` must not be less, or requests are cut off when it stops.
   *
   * @default 600
   */
  readonly maxRevisionTimeoutSeconds?: number;

  /**
   * Seconds in which the first byte of an answer must come: at most `revisionTimeoutSeconds`, 0 for no limit.
   *
   * @default - what revisionTimeoutSeconds is
   */
  readonly revisionResponseStartTimeoutSeconds?: number;

  /**
   * Seconds that a request may go without a byte of its answer: at most `revisionTimeoutSeconds`, 0 for no limit.
   *
   * @default 0
   */
  readonly revisionIdleTimeoutSeconds?: number;

  /** @default - none */
  readonly revisionCpuRequest?: Quantity;

  /** @default - none */
  readonly revisionMemoryRequest?: Quantity;

  /** @default - none */
  readonly revisionEphemeralStorageRequest?: Quantity;

  /** @default - none */
  readonly revisionCpuLimit?: Quantity;

  /** @default - none */
  readonly revisionMemoryLimit?: Quantity;

  /** @default - none */
  readonly revisionEphemeralStorageLimit?: Quantity;

  /**
   * The name of a container that has none: a Go template over the metadata of the service, for example `{{.Name}}`.
   *
   * @default 'user-container'
   */
  readonly containerNameTemplate?: string;

  /**
   * The name of an init container that has none: a Go template over the metadata of the service.
   *
   * @default 'init-container'
   */
  readonly initContainerNameTemplate?: string;

  /**
   * Requests that a container takes at once, the rest waits: at most `containerConcurrencyMaxLimit`, 0 for no limit.
   *
   * @default 0
   */
  readonly containerConcurrency?: number;

  /**
   * The most that a service may ask for as its `containerConcurrency`, at least 1.
   *
   * @default 1000
   */
  readonly containerConcurrencyMaxLimit?: number;

  /**
   * Whether a service may have a `containerConcurrency` of 0, which is no limit.
   *
   * @default true
   */
  readonly allowContainerConcurrencyZero?: boolean;

  /**
   * The `enableServiceLinks` of pods: whether they have environment variables for each Service of their namespace, which
   * slows their start where there are many. `'default'` leaves it to Kubernetes, which does.
   *
   * @default false
   */
  readonly enableServiceLinks?: boolean | 'default';
}

const name = <Default extends string>(key: string, containerName: Default) =>
  template(key, { default: containerName, problem: containerNameTemplateProblem });

/** How each setting is written. */
export const DEFAULTS = {
  revisionTimeoutSeconds: wholeNumber('revision-timeout-seconds', { min: 1, default: 300 }),
  maxRevisionTimeoutSeconds: wholeNumber('max-revision-timeout-seconds', { min: 1, default: 600 }),
  revisionResponseStartTimeoutSeconds: wholeNumber('revision-response-start-timeout-seconds', { min: 0 }),
  revisionIdleTimeoutSeconds: wholeNumber('revision-idle-timeout-seconds', { min: 0, default: 0 }),
  revisionCpuRequest: quantity('revision-cpu-request'),
  revisionMemoryRequest: quantity('revision-memory-request'),
  revisionEphemeralStorageRequest: quantity('revision-ephemeral-storage-request'),
  revisionCpuLimit: quantity('revision-cpu-limit'),
  revisionMemoryLimit: quantity('revision-memory-limit'),
  revisionEphemeralStorageLimit: quantity('revision-ephemeral-storage-limit'),
  containerNameTemplate: name('container-name-template', 'user-container'),
  initContainerNameTemplate: name('init-container-name-template', 'init-container'),
  containerConcurrency: wholeNumber('container-concurrency', { min: 0, default: 0 }),
  containerConcurrencyMaxLimit: wholeNumber('container-concurrency-max-limit', { min: 1, default: 1000 }),
  allowContainerConcurrencyZero: flag('allow-container-concurrency-zero', true),
  enableServiceLinks: orWord('default', flag('enable-service-links', false)),
} as const satisfies SettingsTable<DefaultsSettings>;

export const defaultsSettings = settingsOf<DefaultsSettings, typeof DEFAULTS>(DEFAULTS, rules);

function rules(settings: WithDefaults<typeof DEFAULTS>): string[] {
  const { revisionTimeoutSeconds: timeout, maxRevisionTimeoutSeconds: longest } = settings;
  const { revisionResponseStartTimeoutSeconds: start = timeout, revisionIdleTimeoutSeconds: idle } = settings;
  const { containerConcurrency: concurrency, containerConcurrencyMaxLimit: most } = settings;
  const problems = requestProblems(settings, [
    ['revisionCpuRequest', 'revisionCpuLimit'],
    ['revisionMemoryRequest', 'revisionMemoryLimit'],
    ['revisionEphemeralStorageRequest', 'revisionEphemeralStorageLimit'],
  ]);
  if (timeout > longest) {
    problems.push(
      `revisionTimeoutSeconds: ${timeout} is more than maxRevisionTimeoutSeconds, ${longest}: lower it or raise the limit`,
    );
  }
  if (start > timeout) {
    problems.push(
      `revisionResponseStartTimeoutSeconds: ${start} is more than revisionTimeoutSeconds, ${timeout}: lower it or raise the other`,
    );
  }
  if (idle > timeout) {
    problems.push(
      `revisionIdleTimeoutSeconds: ${idle} is more than revisionTimeoutSeconds, ${timeout}: lower it or raise the other`,
    );
  }
  if (concurrency > most) {
    problems.push(
      `containerConcurrency: ${concurrency} is more than containerConcurrencyMaxLimit, ${most}: lower it or raise the limit`,
    );
  }
  return problems;
}
