import fc from 'fast-check';
import { parseMetrics } from './prometheus-text';

test('samples with and without labels, among comments', () => {
  const text = [
    '# HELP request_total Total count of HTTP requests.',
    '# TYPE request_total counter',
    'request_total{direction="outbound",tls="true",server_id="default.default.serviceaccount.identity.linkerd.cluster.local"} 12',
    'request_total { direction = "inbound" , tls = "no_identity", } 3 1700000000000',
    '',
    'process_start_time_seconds 1.7e9',
    'response_latency_ms_bucket{le="+Inf"} +Inf',
    'empty{} 0',
  ].join('\n');
  expect(parseMetrics(text)).toEqual([
    {
      name: 'request_total',
      labels: {
        direction: 'outbound',
        tls: 'true',
        server_id: 'default.default.serviceaccount.identity.linkerd.cluster.local',
      },
      value: 12,
    },
    { name: 'request_total', labels: { direction: 'inbound', tls: 'no_identity' }, value: 3 },
    { name: 'process_start_time_seconds', labels: {}, value: 1.7e9 },
    { name: 'response_latency_ms_bucket', labels: { le: '+Inf' }, value: Infinity },
    { name: 'empty', labels: {}, value: 0 },
  ]);
});

test.each(['{a="b"} 1', 'a{b="c} 1', 'a{b=c} 1', 'a', 'a one', 'a{b="c"} 1 2 3', '<html>', 'a{b="c"'])(
  '%j is none',
  (line) => {
    expect(() => parseMetrics(`# TYPE a counter\n${line}\n`)).toThrow(`line 2 is no metric: ${line}`);
  },
);

test('what is written is read, whatever stands in labels', () => {
  const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
  const labels = fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 5, noNullPrototype: true });
  fc.assert(
    fc.property(name, labels, fc.double(), (metric, wanted, value) => {
      const escaped = (text: string): string =>
        text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
      const inner = Object.entries(wanted).map(([key, text]) => `${key}="${escaped(text)}"`);
      const number = value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
      const [sample] = parseMetrics(`${metric}{${inner.join(',')}} ${number}`);
      expect(sample).toEqual({ name: metric, labels: wanted, value: Object.is(value, -0) ? 0 : value });
    }),
  );
});
