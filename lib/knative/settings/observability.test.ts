import type { ObservabilitySettings } from './observability';
import { observabilitySettings } from './observability';

it.each<[ObservabilitySettings, string]>([
  [{ loggingRevisionUrlTemplate: '' }, 'loggingRevisionUrlTemplate: "" is empty: leave it out to have the default'],
  [
    { loggingRequestLogTemplate: '{{.Request.Method' },
    'loggingRequestLogTemplate: "{{.Request.Method" has a "{{" without its "}}"',
  ],
  [
    { metricsProtocol: 'otlp' as 'grpc' },
    'metricsProtocol: "otlp" is none of "none", "prometheus", "http/protobuf", "grpc"',
  ],
  [{ metricsProtocol: 'grpc' }, 'metricsEndpoint: it is not given, and metricsProtocol is "grpc": write where to send'],
  [
    { metricsEndpoint: 'collector:4317' },
    'metricsEndpoint: "collector:4317" does not go with metricsProtocol "none": set the protocol, or leave it out',
  ],
  [
    { metricsExportInterval: '-1s' },
    'metricsExportInterval: "-1s" is not a duration: write a number with a unit, for example "30s" or "1m30s"',
  ],
  [
    { requestMetricsProtocol: 'http/protobuf' },
    'requestMetricsEndpoint: it is not given, and requestMetricsProtocol is "http/protobuf": write where to send',
  ],
  [
    { requestMetricsProtocol: 'none', requestMetricsEndpoint: ':9091' },
    'requestMetricsEndpoint: ":9091" does not go with requestMetricsProtocol "none": set the protocol, or leave it out',
  ],
  [{ runtimeProfiling: 'on' as 'enabled' }, 'runtimeProfiling: "on" is none of "enabled", "disabled"'],
  [{ tracingProtocol: 'grpc' }, 'tracingEndpoint: it is not given, and tracingProtocol is "grpc": write where to send'],
  [
    { tracingProtocol: 'stdout', tracingEndpoint: 'x' },
    'tracingEndpoint: "x" does not go with tracingProtocol "stdout": set the protocol, or leave it out',
  ],
  [{ tracingSamplingRate: 1.1 }, 'tracingSamplingRate: 1.1 is not a number from 0 to 1'],
])('%j is refused', (settings, problem) => {
  expect(observabilitySettings.problems(settings)).toEqual([problem]);
});

it('lets Prometheus listen where it does by itself', () => {
  expect(observabilitySettings.problems({ metricsProtocol: 'prometheus' })).toEqual([]);
});
