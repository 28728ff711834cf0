import fc from 'fast-check';
import type { Sample } from './prometheus-text';
import { MetricsReader } from './prometheus-text';

/** What is read of pieces, of metrics with these names. */
function read(pieces: readonly string[], names: readonly string[]): Sample[] {
  const samples: Sample[] = [];
  const reader = new MetricsReader(names, (sample) => samples.push(sample));
  for (const piece of pieces) reader.add(piece);
  reader.end();
  return samples;
}

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
  const names = ['request_total', 'process_start_time_seconds', 'response_latency_ms_bucket', 'empty'];
  expect(read([text], names)).toEqual([
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
    expect(() => read([`# TYPE a counter\n${line}\n`], ['a'])).toThrow(`line 2 is no metric: ${line}`);
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
      const [sample] = read([`${metric}{${inner.join(',')}} ${number}`], [metric]);
      expect(sample).toEqual({ name: metric, labels: wanted, value: Object.is(value, -0) ? 0 : value });
    }),
  );
});

test('it does not matter where the text is cut', () => {
  const line = fc.oneof(
    fc.constant('# HELP a b'),
    fc
      .tuple(fc.constantFrom('a', 'b'), fc.string(), fc.nat())
      .map(([name, label, value]) => `${name}{x=${JSON.stringify(label.replace(/[^ -~]/g, ''))}} ${value}`),
  );
  const text = fc.array(line, { minLength: 1 }).map((lines) => `c 1\n${lines.join('\n')}\n`);
  fc.assert(
    fc.property(text, fc.array(fc.nat(500)), (whole, cuts) => {
      const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
      const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
      expect(read(pieces, ['a'])).toEqual(read([whole], ['a']));
      expect(read([whole], ['a'])).toHaveLength(whole.split('\n').filter((one) => one.startsWith('a{')).length);
    }),
  );
});

test('of metrics that are not wanted the name alone is read, and must be one', () => {
  expect(read(['b{broken\na 1\n'], ['a'])).toEqual([{ name: 'a', labels: {}, value: 1 }]);
  expect(() => read(['<html>\na 1\n'], ['a'])).toThrow('line 1 is no metric: <html>');
});

test('a text without any is none, however empty', () => {
  expect(() => read(['', '# HELP a b\n'], ['a'])).toThrow('there are no metrics in it');
});

test('a line that never ends is not kept', () => {
  const reader = new MetricsReader(['a'], () => undefined);
  expect(() => {
    for (let piece = 0; piece < 100; piece++) reader.add('a'.repeat(64 * 1024));
  }).toThrow('line 1 is no metric: aaaa');
});
