import { dnsSubdomainProblem } from '../../../syntax/dns';
import { labelKeyProblem, labelValueProblem } from '../../../syntax/label';
import { goTemplateProblem } from '../../../syntax/go-template';
import { FEATURE_DEFAULTS, featureStates } from '../features';
import type { Feature } from '../features';
import { containerNameTemplateProblem, refusedContainerNameTemplate } from './container-name-template';
import { domainTemplateProblem, refusedDomainTemplate, refusedTagTemplate, tagTemplateProblem } from './host-template';
import type { Reading, YamlShape } from './reading';
import {
  BOOL,
  QUANTITY,
  TEXT,
  TRISTATE,
  yaml,
  duration,
  float,
  int32,
  integer,
  older,
  orDisabled,
  template,
  unsigned,
  words,
} from './reading';

/** The keys of a ConfigMap, and how each is read. */
export type Keys = Readonly<Record<string, Reading>>;

const OVER_ONE = float('more than 1', (value) => !(value <= 1));
const HOUR = 3600;
const TEXTS = { each: 'text' } as const;
const LABELS: YamlShape = { each: { text: labelValueProblem }, key: labelKeyProblem };

/** Source: Serving 1.23.0, `pkg/autoscaler/config/config.go`. */
const AUTOSCALER: Keys = {
  'pod-autoscaler-class': TEXT,
  'enable-scale-to-zero': BOOL,
  'allow-zero-initial-scale': BOOL,
  'max-scale-up-rate': OVER_ONE,
  'max-scale-down-rate': OVER_ONE,
  'container-concurrency-target-percentage': float('over 0 and at most 100', (value) => !(value <= 0 || value > 100)),
  'container-concurrency-target-default': float('a number over 0', (value) => !(value <= 0)),
  'requests-per-second-target-default': float('at least 0.01', (value) => !(value < 0.01)),
  'target-burst-capacity': float('at least 0, or -1 for no limit', (value) => !(value < 0 && value !== -1)),
  'panic-window-percentage': float('from 1 to 100', (value) => !(value < 1 || value > 100)),
  'activator-capacity': float('at least 1', (value) => !(value < 1)),
  'panic-threshold-percentage': float('a number', () => true),
  'initial-scale': int32({ min: 0 }),
  'min-scale': int32({ min: 0 }),
  'max-scale': int32({ min: 0 }),
  'max-scale-limit': int32({ min: 0 }),
  'stable-window': duration({ min: 6, max: HOUR, whole: true }),
  'scale-down-delay': duration({ min: 0, whole: true }),
  'scale-to-zero-grace-period': duration({ positive: true }),
  'scale-to-zero-pod-retention-period': duration({ min: 0 }),
};

/** Source: Serving 1.23.0, `pkg/apis/config/defaults.go`. */
const DEFAULTS: Keys = {
  'init-container-name-template': template(refusedContainerNameTemplate, containerNameTemplateProblem),
  'container-name-template': template(refusedContainerNameTemplate, containerNameTemplateProblem),
  'allow-container-concurrency-zero': BOOL,
  'enable-service-links': TRISTATE,
  'revision-timeout-seconds': integer(),
  'max-revision-timeout-seconds': integer(),
  'revision-idle-timeout-seconds': integer(),
  'revision-response-start-timeout-seconds': integer(),
  'container-concurrency': integer({ min: 0 }),
  'container-concurrency-max-limit': integer({ min: 1 }),
  'revision-cpu-request': QUANTITY,
  'revision-memory-request': QUANTITY,
  'revision-ephemeral-storage-request': QUANTITY,
  'revision-cpu-limit': QUANTITY,
  'revision-memory-limit': QUANTITY,
  'revision-ephemeral-storage-limit': QUANTITY,
};

/** Source: Serving 1.23.0, `pkg/deployment/config.go`. */
const DEPLOYMENT: Keys = {
  'queue-sidecar-image': older('queueSidecarImage', TEXT),
  'progress-deadline': older('progressDeadline', duration({ positive: true, whole: true })),
  'digest-resolution-timeout': older('digestResolutionTimeout', duration({ positive: true })),
  'registries-skipping-tag-resolving': older('registriesSkippingTagResolving', TEXT),
  'queue-sidecar-cpu-request': older('queueSidecarCPURequest', QUANTITY),
  'queue-sidecar-memory-request': older('queueSidecarMemoryRequest', QUANTITY),
  'queue-sidecar-ephemeral-storage-request': older('queueSidecarEphemeralStorageRequest', QUANTITY),
  'queue-sidecar-cpu-limit': older('queueSidecarCPULimit', QUANTITY),
  'queue-sidecar-memory-limit': older('queueSidecarMemoryLimit', QUANTITY),
  'queue-sidecar-ephemeral-storage-limit': older('queueSidecarEphemeralStorageLimit', QUANTITY),
  'queue-sidecar-token-audiences': TEXT,
  'queue-sidecar-rootca': TEXT,
  'queue-sidecar-tls-min-version': TEXT,
  'queue-sidecar-tls-max-version': TEXT,
  'queue-sidecar-tls-cipher-suites': TEXT,
  'queue-sidecar-tls-curve-preferences': TEXT,
  'default-affinity-type': words(['none', 'prefer-spread-revision-over-nodes'], { exact: true, blanks: false }),
  'runtime-class-name': yaml({ each: { fields: { selector: LABELS } }, key: dnsSubdomainProblem }),
  'pod-is-always-schedulable': BOOL,
};

const ON_OFF = ['Enabled', 'Disabled'];

/** Source: knative.dev/networking c7a7b772cac9, `pkg/config/config.go`. */
const NETWORK: Keys = {
  'ingress-class': older('ingress.class', TEXT),
  'certificate-class': older('certificate.class', TEXT),
  'domain-template': older('domainTemplate', template(refusedDomainTemplate, domainTemplateProblem)),
  'tag-template': older('tagTemplate', template(refusedTagTemplate, tagTemplateProblem)),
  'rollout-duration': older('rolloutDuration', integer({ min: 0 })),
  'autocreate-cluster-domain-claims': older('autocreateClusterDomainClaims', BOOL),
  'enable-mesh-pod-addressability': BOOL,
  'mesh-compatibility-mode': words(['auto', 'enabled', 'disabled'], { ignores: true }),
  'namespace-wildcard-cert-selector': yaml({ fields: { matchLabels: TEXTS, matchExpressions: 'any' } }),
  'default-external-scheme': older('defaultExternalScheme', TEXT),
  'http-protocol': older('httpProtocol', words([...ON_OFF, 'Redirected'], { empty: true })),
  'external-domain-tls': words(ON_OFF, { ignores: true }),
  'cluster-local-domain-tls': words(ON_OFF, { empty: true }),
  'system-internal-tls': words(ON_OFF, { empty: true }),
  'auto-tls': older('autoTLS', words(ON_OFF, { ignores: true })),
  'internal-encryption': BOOL,
};

/** Source: Serving 1.23.0, `pkg/gc/config.go`. */
const GC: Keys = {
  'retain-since-create-time': orDisabled(duration({ min: 0 })),
  'retain-since-last-active-time': orDisabled(duration({ min: 0 })),
  'min-non-active-revisions': integer({ min: 0 }),
  'max-non-active-revisions': orDisabled(unsigned()),
};

const METRICS = words(['none', 'prometheus', 'http/protobuf', 'grpc'], { exact: true });

/** Sources: Serving 1.23.0, `pkg/observability/config.go`; knative.dev/pkg 521cb33b33dd, `observability`. */
const OBSERVABILITY: Keys = {
  'logging.enable-var-log-collection': BOOL,
  'logging.revision-url-template': TEXT,
  'logging.request-log-template': template((text) => (text.trim() === '' ? undefined : goTemplateProblem(text))),
  'logging.enable-request-log': BOOL,
  'logging.enable-probe-request-log': BOOL,
  'metrics-protocol': METRICS,
  'metrics-endpoint': TEXT,
  'metrics-export-interval': duration({ min: 0 }),
  'request-metrics-protocol': METRICS,
  'request-metrics-endpoint': TEXT,
  'request-metrics-export-interval': duration({ min: 0 }),
  'runtime-profiling': words(['enabled', 'disabled'], { exact: true }),
  'runtime-export-interval': duration({ min: 0 }),
  'tracing-protocol': words(['none', 'http/protobuf', 'grpc', 'stdout'], { exact: true }),
  'tracing-endpoint': TEXT,
  'tracing-sampling-rate': float('from 0 to 1', (value) => !(value < 0 || value > 1)),
};

/** Source: Serving 1.23.0, `pkg/reconciler/certificate/config/cert_manager.go`. */
const ISSUER = yaml({ fields: { kind: 'text', name: 'text', group: 'text' } });

const LEVELS = words(['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'], { empty: true });
const COMPONENTS =
  'controller autoscaler queueproxy webhook activator hpaautoscaler net-istio-controller net-contour-controller net-kourier-controller net-gateway-api-controller';

/** Source: knative.dev/pkg 521cb33b33dd, `logging/config.go`. */
const LOGGING: Keys = {
  'zap-logger-config': TEXT,
  ...Object.fromEntries(COMPONENTS.split(' ').map((component) => [`loglevel.${component}`, LEVELS])),
};

/** Source: knative.dev/pkg 521cb33b33dd, `leaderelection/config.go`. */
const LEADER_ELECTION: Keys = {
  'lease-duration': older('leaseDuration', duration()),
  'renew-deadline': older('renewDeadline', duration()),
  'retry-period': older('retryPeriod', duration()),
  buckets: unsigned({ min: 1, max: 10 }),
};

/** Source: Serving 1.23.0, `pkg/apis/config/features.go`. */
const FEATURES: Keys = Object.fromEntries(
  (Object.keys(FEATURE_DEFAULTS) as Feature[]).map((feature) => [
    feature,
    words(featureStates(feature), { ignores: true }),
  ]),
);

/** Serving's ConfigMaps by their names, and the keys of each. `config-domain` has domains for keys. */
export const SETTINGS: Readonly<Record<string, Keys>> = {
  'config-autoscaler': AUTOSCALER,
  'config-certmanager': { issuerRef: ISSUER, clusterLocalIssuerRef: ISSUER, systemInternalIssuerRef: ISSUER },
  'config-defaults': DEFAULTS,
  'config-deployment': DEPLOYMENT,
  'config-features': FEATURES,
  'config-gc': GC,
  'config-leader-election': LEADER_ELECTION,
  'config-logging': LOGGING,
  'config-network': NETWORK,
  'config-observability': OBSERVABILITY,
};

/** A ConfigMap of which any key is a domain. Source: Serving 1.23.0, `pkg/reconciler/route/config/domain.go`. */
export const DOMAIN = { name: 'config-domain', shape: { fields: { selector: TEXTS, type: 'text' } } } as const;

/** Keys of any name with a beginning: how they are read, and whether what has none of the names above does nothing. */
export const OPEN_KEYS: Readonly<
  Record<string, { readonly prefix: string; readonly reading: Reading; readonly ignored: boolean }>
> = {
  'config-leader-election': { prefix: 'map-lease-prefix.', reading: TEXT, ignored: false },
  'config-logging': { prefix: 'loglevel.', reading: LEVELS, ignored: true },
};

/** Keys that do the same as others, and will go. */
export const DEPRECATED_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'config-network': { 'auto-tls': 'external-domain-tls', 'internal-encryption': 'system-internal-tls' },
};
