import fc from 'fast-check';
import type { GoDuration } from '../../../syntax/go-duration';
import type { AutoscalerSettings } from '../autoscaler';
import { autoscalerSettings } from '../autoscaler';
import type { CertmanagerSettings, IssuerRef } from '../certmanager';
import type { DefaultsSettings } from '../defaults';
import { defaultsSettings } from '../defaults';
import type { DeploymentSettings, TlsCipherSuite, TlsCurve } from '../deployment';
import { deploymentSettings } from '../deployment';
import type { FeaturesSettings } from '../features';
import { FEATURES } from '../features';
import type { GcSettings } from '../gc';
import { gcSettings } from '../gc';
import type { LabelSelector, LabelSelectorRequirement, MatchLabels } from '../label-selector';
import type { LeaderElectionSettings } from '../leader-election';
import { leaderElectionSettings } from '../leader-election';
import type { LoggingSettings } from '../logging';
import type { NetworkSettings } from '../network';
import type { ObservabilitySettings } from '../observability';
import { observabilitySettings } from '../observability';
import type { ConfigMapSettings } from '../setting';
import type { KnativeServingSettings } from '../settings';
import { LOG_LEVELS } from '../zap-logger-config';

/** What any value of each prop may be. */
type Values<Settings> = { readonly [Prop in keyof Required<Settings>]: fc.Arbitrary<Required<Settings>[Prop]> };

/** Any of the props, each with any of its values, as far as nothing is wrong between them. */
function any<Settings extends object>(values: Values<Settings>, settings?: ConfigMapSettings<Settings>) {
  const all = fc.record(values, { requiredKeys: [] }) as unknown as fc.Arbitrary<Settings>;
  return settings === undefined ? all : all.filter((value) => settings.problems(value).length === 0);
}

const word = <const Word extends string>(...words: Word[]) => fc.constantFrom(...words);
const flag = fc.boolean();
const over = (min: number, max: number) => fc.double({ min, max, minExcluded: true, noNaN: true });
const seconds = (min: number, max = 1e6) => fc.integer({ min, max }).map((amount): GoDuration => `${amount}s`);
const duration = fc.oneof(
  seconds(0),
  fc.constantFrom<GoDuration>('100ms', '1.5h', '1m30s', '0s', '2.25s', '1h30m', '1500us'),
);
const positive = duration.filter((value) => value !== '0s');
const pods = fc.integer({ min: 0, max: 20 });
const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const line = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '' && !text.includes('\n'));
const quantity = fc.oneof(
  fc.integer({ min: 0, max: 1e6 }).map(String),
  fc
    .tuple(fc.integer({ min: 0, max: 9999 }), word('m', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
    .map((parts) => parts.join('')),
  word('1.5G', '0.1', '1e3', '2E6', '.5'),
);
const labelValue = fc.oneof(
  label,
  word('', 'yes', 'no', 'on', 'true', '1', '1e3', '0x10', '2024-01-01', 'null', 'A_b.c'),
);
const labelKey = fc.oneof(label, word('app.kubernetes.io/name', 'y', 'no', '1', 'A_b.c'));
const labels: fc.Arbitrary<MatchLabels> = fc.dictionary(labelKey, labelValue, { minKeys: 1, maxKeys: 3 });
const requirement: fc.Arbitrary<LabelSelectorRequirement> = fc.oneof(
  fc.record({
    key: labelKey,
    operator: word('In', 'NotIn'),
    values: fc.tuple(labelValue, labelValue),
  }),
  fc.record({ key: labelKey, operator: word('Exists', 'DoesNotExist') }),
);
const selector: fc.Arbitrary<LabelSelector> = fc.record(
  { matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 2 }) },
  { requiredKeys: [] },
);

const network = any<NetworkSettings>({
  ingressClass: fc.constant('kourier.ingress.networking.knative.dev'),
  certificateClass: domain,
  namespaceWildcardCertSelector: selector,
  domainTemplate: word(
    '{{.Name}}-{{.Namespace}}.{{.Domain}}',
    '{{.Name}}.{{ index .Annotations "sub" }}.{{.Domain}}',
    '{{if .Labels.app}}{{.Labels.app}}{{else}}{{.Name}}{{end}}.{{.Namespace}}.{{.Domain}}',
    '{{- .Name -}}.{{ .Namespace | printf "%s" }}.{{$.Domain}}',
  ),
  tagTemplate: word('{{.Name}}-{{.Tag}}', '{{ printf "%s-%s" .Tag .Name }}', '{{.Tag}}{{/* no dash */}}{{.Name}}'),
  externalDomainTls: word('Enabled', 'Disabled'),
  clusterLocalDomainTls: word('Enabled', 'Disabled'),
  systemInternalTls: word('Enabled', 'Disabled'),
  httpProtocol: word('Enabled', 'Redirected'),
  rolloutDuration: fc.nat(),
  autocreateClusterDomainClaims: flag,
  enableMeshPodAddressability: flag,
  meshCompatibilityMode: word('auto', 'enabled', 'disabled'),
  defaultExternalScheme: word('http', 'https'),
});

const autoscaler = any<AutoscalerSettings>(
  {
    containerConcurrencyTargetPercentage: over(0, 100),
    containerConcurrencyTargetDefault: over(0, 1e9),
    requestsPerSecondTargetDefault: fc.double({ min: 0.01, max: 1e22, noNaN: true }),
    targetBurstCapacity: fc.oneof(fc.constant(-1), over(0, 1e22)),
    stableWindow: seconds(6, 3600),
    panicWindowPercentage: over(1, 100),
    panicThresholdPercentage: over(0, 1e6),
    maxScaleUpRate: over(1, 1e6),
    maxScaleDownRate: over(1, 1e6),
    enableScaleToZero: flag,
    scaleToZeroGracePeriod: positive,
    scaleToZeroPodRetentionPeriod: duration,
    podAutoscalerClass: word(
      'kpa.autoscaling.knative.dev',
      'hpa.autoscaling.knative.dev',
      'own.autoscaling.example.com',
    ),
    activatorCapacity: over(1, 1e6),
    initialScale: pods,
    allowZeroInitialScale: flag,
    minScale: pods,
    maxScale: pods,
    scaleDownDelay: seconds(0),
    maxScaleLimit: pods,
  },
  autoscalerSettings,
);

const timeout = fc.integer({ min: 0, max: 1000 });
const defaults = any<DefaultsSettings>(
  {
    revisionTimeoutSeconds: timeout,
    maxRevisionTimeoutSeconds: timeout,
    revisionResponseStartTimeoutSeconds: timeout,
    revisionIdleTimeoutSeconds: timeout,
    revisionCpuRequest: quantity,
    revisionMemoryRequest: quantity,
    revisionEphemeralStorageRequest: quantity,
    revisionCpuLimit: quantity,
    revisionMemoryLimit: quantity,
    revisionEphemeralStorageLimit: quantity,
    containerNameTemplate: word('main', '{{.Name}}', '{{.Labels.app}}-main', '{{if .Namespace}}a{{else}}b{{end}}'),
    initContainerNameTemplate: word('init', '{{.GenerateName}}init'),
    containerConcurrency: fc.nat(2000),
    containerConcurrencyMaxLimit: fc.integer({ min: 1, max: 2000 }),
    allowContainerConcurrencyZero: flag,
    enableServiceLinks: fc.oneof(flag, fc.constant('default' as const)),
  },
  defaultsSettings,
);

const deployment = any<DeploymentSettings>(
  {
    queueSidecarImage: word(
      'mirror.example.com/queue@sha256:' + 'a'.repeat(64),
      'localhost:5000/knative/queue:v1.23.0',
    ),
    registriesSkippingTagResolving: fc.array(fc.oneof(domain, fc.constant('localhost:5000')), { maxLength: 3 }),
    digestResolutionTimeout: positive,
    progressDeadline: seconds(1),
    queueSidecarCpuRequest: quantity,
    queueSidecarCpuLimit: quantity,
    queueSidecarMemoryRequest: quantity,
    queueSidecarMemoryLimit: quantity,
    queueSidecarEphemeralStorageRequest: quantity,
    queueSidecarEphemeralStorageLimit: quantity,
    queueSidecarTokenAudiences: fc.array(domain, { maxLength: 3 }),
    queueSidecarRootca: fc.constant('-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n'),
    queueSidecarTlsMinVersion: word('1.2', '1.3'),
    queueSidecarTlsMaxVersion: word('1.2', '1.3'),
    queueSidecarTlsCipherSuites: fc.subarray<TlsCipherSuite>([
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    ]),
    queueSidecarTlsCurvePreferences: fc.subarray<TlsCurve>(['X25519MLKEM768', 'X25519', 'CurveP256']),
    defaultAffinityType: word('none', 'prefer-spread-revision-over-nodes'),
    runtimeClassName: fc.dictionary(
      domain,
      labels.chain((selector) => fc.constantFrom({}, { selector })),
      { maxKeys: 3 },
    ),
    podIsAlwaysSchedulable: flag,
  },
  deploymentSettings,
);

const features = any<FeaturesSettings>(
  Object.fromEntries(
    Object.keys(FEATURES).map((prop) => [prop, word('enabled', 'disabled')]),
  ) as unknown as Values<FeaturesSettings>,
);

const gc = any<GcSettings>(
  {
    retainSinceCreateTime: fc.oneof(duration, fc.constant('disabled' as const)),
    retainSinceLastActiveTime: fc.oneof(duration, fc.constant('disabled' as const)),
    minNonActiveRevisions: fc.nat(2000),
    maxNonActiveRevisions: fc.oneof(fc.nat(2000), fc.constant('disabled' as const)),
  },
  gcSettings,
);

const endpoint = word('http://collector.observability:4318/v1/metrics', 'collector:4317', ':9090');
const observability = any<ObservabilitySettings>(
  {
    loggingEnableVarLogCollection: flag,
    loggingRevisionUrlTemplate: line,
    loggingRequestLogTemplate: word(
      '{{.Request.Method}} {{js .Request.RequestURI}} {{.Response.Code}}',
      '{"a": "{{.TraceID}}"}',
    ),
    loggingEnableRequestLog: flag,
    loggingEnableProbeRequestLog: flag,
    metricsProtocol: word('none', 'prometheus', 'http/protobuf', 'grpc'),
    metricsEndpoint: endpoint,
    metricsExportInterval: duration,
    requestMetricsProtocol: word('none', 'prometheus', 'http/protobuf', 'grpc'),
    requestMetricsEndpoint: endpoint,
    requestMetricsExportInterval: duration,
    runtimeProfiling: word('enabled', 'disabled'),
    runtimeExportInterval: duration,
    tracingProtocol: word('none', 'http/protobuf', 'grpc', 'stdout'),
    tracingEndpoint: endpoint,
    tracingSamplingRate: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  observabilitySettings,
);

const level = word(...LOG_LEVELS);
const logging = any<LoggingSettings>({
  zapLoggerConfig: fc.record(
    {
      level,
      encoding: word('json', 'console'),
      sampling: fc.record({ initial: fc.integer({ min: 1 }), thereafter: fc.integer({ min: 1 }) }),
      encoderConfig: fc.record(
        { messageKey: fc.string(), timeEncoder: word('iso8601', 'millis'), lineEnding: fc.string() },
        { requiredKeys: [] },
      ),
      outputPaths: fc.constant(['stdout']),
      initialFields: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.string(),
      ),
    },
    { requiredKeys: [] },
  ),
  loglevelController: level,
  loglevelAutoscaler: level,
  loglevelQueueproxy: level,
  loglevelWebhook: level,
  loglevelActivator: level,
  loglevelHpaautoscaler: level,
  loglevelNetIstioController: level,
  loglevelNetContourController: level,
  loglevelNetKourierController: level,
  loglevelNetGatewayApiController: level,
});

const leaderElection = any<LeaderElectionSettings>(
  {
    leaseDuration: seconds(1, 200),
    renewDeadline: seconds(1, 100),
    retryPeriod: seconds(1, 50),
    buckets: fc.integer({ min: 1, max: 10 }),
  },
  leaderElectionSettings,
);

const issuer: fc.Arbitrary<IssuerRef> = fc.oneof(
  fc.record({ kind: word('ClusterIssuer', 'Issuer'), name: label }),
  fc.record({ kind: word('ClusterIssuer', 'Issuer'), name: label, group: domain }),
);
const certmanager = any<CertmanagerSettings>({
  issuerRef: issuer,
  clusterLocalIssuerRef: issuer,
  systemInternalIssuerRef: issuer,
});

/** Any settings with which nothing is wrong, on a platform of the domain `example.com` whose layer is Kourier. */
export const anySettings: fc.Arbitrary<KnativeServingSettings> = any<Omit<KnativeServingSettings, 'others'>>({
  domain: fc.dictionary(
    domain.filter((name) => name !== 'example.com'),
    fc.oneof(fc.record({ selector: labels }), fc.record({ selector: labels, type: word('wildcard') })),
    { maxKeys: 3 },
  ),
  network,
  autoscaler,
  defaults,
  deployment,
  features,
  gc,
  observability,
  logging,
  leaderElection,
  tracing: fc.constant({}),
  certmanager,
});
