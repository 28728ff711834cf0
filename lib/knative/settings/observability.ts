import type { GoDuration } from '../../syntax/go-duration';
import { quote } from '../../syntax/quote';
import type { SettingsTable, WithDefaults } from './setting';
import { decimal, duration, flag, oneOf, settingsOf, template, text } from './setting';

/** How metrics go out: `prometheus` lets itself be asked, the other two send by OTLP. */
export type MetricsProtocol = 'none' | 'prometheus' | 'http/protobuf' | 'grpc';

/** How traces go out: two send by OTLP, `stdout` is for debugging. */
export type TracingProtocol = 'none' | 'http/protobuf' | 'grpc' | 'stdout';

/**
 * `config-observability`: logs of requests, metrics, traces, profiles.
 * Source: Knative Serving 1.23.0, `pkg/observability/config.go`, and `observability` of knative.dev/pkg at 521cb33b33dd.
 */
export interface ObservabilitySettings {
  /**
   * Whether `/var/log` of containers is a volume, from which a collector on the node takes logs.
   *
   * @default false
   */
  readonly loggingEnableVarLogCollection?: boolean;

  /**
   * A revision's `logUrl`, in which `${REVISION_UID}` stands for its UID. Flux's variable substitution takes that for a
   * variable of its own: annotate the ConfigMap's Kustomization accordingly, or write `$${REVISION_UID}` there.
   *
   * @default - none
   */
  readonly loggingRevisionUrlTemplate?: string;

  /**
   * A line of the log of requests: a Go template over Request, Response (Code, Size, Latency), Revision (Name,
   * Namespace, Service, Configuration, PodName, PodIP) and TraceID.
   *
   * @default - a line of JSON with method, URL, status, sizes, agent, addresses, latency, protocol and trace
   */
  readonly loggingRequestLogTemplate?: string;

  /**
   * Whether queue proxy and activator log requests to their standard output.
   *
   * @default false
   */
  readonly loggingEnableRequestLog?: boolean;

  /**
   * Whether the queue proxy logs probes as well.
   *
   * @default false
   */
  readonly loggingEnableProbeRequestLog?: boolean;

  /**
   * How the metrics of Serving's own pods go out.
   *
   * @default 'none'
   */
  readonly metricsProtocol?: MetricsProtocol;

  /**
   * Where metrics are sent with `http/protobuf` and `grpc`, which need it; with `prometheus`, the `host:port` to listen on.
   *
   * @default - none
   */
  readonly metricsEndpoint?: string;

  /**
   * How often metrics are sent; 0s is OpenTelemetry's own 60s.
   *
   * @default '60s'
   */
  readonly metricsExportInterval?: GoDuration;

  /**
   * How the metrics of queue proxies go out.
   *
   * @default 'none'
   */
  readonly requestMetricsProtocol?: MetricsProtocol;

  /**
   * As `metricsEndpoint`, for queue proxies.
   *
   * @default - none
   */
  readonly requestMetricsEndpoint?: string;

  /**
   * As `metricsExportInterval`, for queue proxies.
   *
   * @default '60s'
   */
  readonly requestMetricsExportInterval?: GoDuration;

  /**
   * Whether Serving's pods give profiles of themselves (pprof) on port 8008.
   *
   * @default 'disabled'
   */
  readonly runtimeProfiling?: 'enabled' | 'disabled';

  /**
   * How often the metrics of Go's runtime are read.
   *
   * @default '15s'
   */
  readonly runtimeExportInterval?: GoDuration;

  /**
   * How traces go out.
   *
   * @default 'none'
   */
  readonly tracingProtocol?: TracingProtocol;

  /**
   * Where traces are sent with `http/protobuf` and `grpc`, which need it.
   *
   * @default - none
   */
  readonly tracingEndpoint?: string;

  /**
   * The part of all requests that is traced, 0 to 1.
   *
   * @default 0
   */
  readonly tracingSamplingRate?: number;
}

const metrics = (key: string) =>
  oneOf<MetricsProtocol, 'none'>(key, ['none', 'prometheus', 'http/protobuf', 'grpc'], 'none');

/** How each setting is written. */
export const OBSERVABILITY = {
  loggingEnableVarLogCollection: flag('logging.enable-var-log-collection', false),
  loggingRevisionUrlTemplate: text('logging.revision-url-template'),
  loggingRequestLogTemplate: template('logging.request-log-template'),
  loggingEnableRequestLog: flag('logging.enable-request-log', false),
  loggingEnableProbeRequestLog: flag('logging.enable-probe-request-log', false),
  metricsProtocol: metrics('metrics-protocol'),
  metricsEndpoint: text('metrics-endpoint'),
  metricsExportInterval: duration('metrics-export-interval', { default: '60s' }),
  requestMetricsProtocol: metrics('request-metrics-protocol'),
  requestMetricsEndpoint: text('request-metrics-endpoint'),
  requestMetricsExportInterval: duration('request-metrics-export-interval', { default: '60s' }),
  runtimeProfiling: oneOf('runtime-profiling', ['enabled', 'disabled'], 'disabled'),
  runtimeExportInterval: duration('runtime-export-interval', { default: '15s' }),
  tracingProtocol: oneOf<TracingProtocol, 'none'>(
    'tracing-protocol',
    ['none', 'http/protobuf', 'grpc', 'stdout'],
    'none',
  ),
  tracingEndpoint: text('tracing-endpoint'),
  tracingSamplingRate: decimal('tracing-sampling-rate', {
    default: 0,
    range: 'a number from 0 to 1',
    holds: (value) => value >= 0 && value <= 1,
  }),
} as const satisfies SettingsTable<ObservabilitySettings>;

export const observabilitySettings = settingsOf<ObservabilitySettings, typeof OBSERVABILITY>(OBSERVABILITY, rules);

function rules(settings: WithDefaults<typeof OBSERVABILITY>): string[] {
  return (['metrics', 'requestMetrics', 'tracing'] as const).flatMap((what) =>
    endpointProblems(what, settings[`${what}Protocol`], settings[`${what}Endpoint`]),
  );
}

function endpointProblems(
  what: 'metrics' | 'requestMetrics' | 'tracing',
  protocol: MetricsProtocol | TracingProtocol,
  endpoint: string | undefined,
): string[] {
  if ((protocol === 'grpc' || protocol === 'http/protobuf') && endpoint === undefined) {
    return [`${what}Endpoint: it is not given, and ${what}Protocol is ${quote(protocol)}: write where to send`];
  }
  if ((protocol === 'none' || protocol === 'stdout') && endpoint !== undefined) {
    return [
      `${what}Endpoint: ${quote(endpoint)} does not go with ${what}Protocol ${quote(protocol)}: set the protocol, or leave it out`,
    ];
  }
  return [];
}
