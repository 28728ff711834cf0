import type { MetricLabel, Resource } from './resources';

/** Which requests are meant: labels of the metrics and their values. */
export type Matchers = Readonly<Partial<Record<MetricLabel | 'direction', string>>>;

/** The requests to the object that the dashboard's variables name. */
export function requestsTo({ kind, label, namespaceLabel, direction }: Resource): Matchers {
  return { direction, ...(namespaceLabel && { [namespaceLabel]: '$namespace' }), [label]: `$${kind}` };
}

/** The requests that it sends to others. */
export function requestsFrom(resource: Resource): Matchers {
  return { ...requestsTo(resource), direction: 'outbound' };
}

/** Requests that did not fail, of all that were answered: 0 to 1. One of which all fail has 0, and not nothing. */
export function successRate(matchers: Matchers, by: readonly MetricLabel[] = []): string {
  const all = rate('response_total', matchers, by);
  const successful = rate('response_total', { ...matchers, classification: 'success' }, by);
  return `(${successful} or 0 * ${all}) / ${all}`;
}

/** Requests a second. */
export function requestRate(matchers: Matchers, by: readonly MetricLabel[] = []): string {
  return rate('request_total', matchers, by);
}

/** Requests that came with mutual TLS, of all: 0 to 1. */
export function mtlsShare(matchers: Matchers): string {
  const all = rate('request_total', matchers);
  return `(${rate('request_total', { ...matchers, tls: 'true' })} or 0 * ${all}) / ${all}`;
}

/** Milliseconds within which the given share of responses began and ended, `0.95` for example. */
export function latency(quantile: number, matchers: Matchers, by: readonly MetricLabel[] = []): string {
  return `histogram_quantile(${quantile}, ${rate('response_latency_ms_bucket', matchers, ['le', ...by])})`;
}

function rate(metric: string, matchers: Readonly<Record<string, string>>, by: readonly string[] = []): string {
  const selector = Object.entries(matchers)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ');
  return `sum${by.length === 0 ? '' : ` by (${by.join(', ')}) `}(rate(${metric}{${selector}}[$__rate_interval]))`;
}
