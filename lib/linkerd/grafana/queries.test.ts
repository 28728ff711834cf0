import { latency, mtlsShare, requestRate, successRate } from './queries';

const MATCHERS = { direction: 'inbound', namespace: '$namespace' } as const;

test('requests a second', () => {
  expect(requestRate(MATCHERS)).toBe(
    'sum(rate(request_total{direction="inbound", namespace="$namespace"}[$__rate_interval]))',
  );
});

test('divided by labels', () => {
  expect(requestRate(MATCHERS, ['pod'])).toMatch(/^sum by \(pod\) \(rate\(/);
  expect(latency(0.95, MATCHERS, ['pod'])).toMatch(
    /^histogram_quantile\(0\.95, sum by \(le, pod\) \(rate\(response_latency_ms_bucket\{/,
  );
});

test.each([
  [successRate(MATCHERS), 'classification="success"', 'response_total'],
  [mtlsShare(MATCHERS), 'tls="true"', 'request_total'],
])('a share that nothing is of is 0 and not unknown: %s', (query, matcher, metric) => {
  const all = `sum(rate(${metric}{direction="inbound", namespace="$namespace"}[$__rate_interval]))`;
  const some = all.replace('}', `, ${matcher}}`);
  expect(query).toBe(`(${some} or 0 * ${all}) / ${all}`);
});
