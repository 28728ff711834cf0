import type { Json } from '../../objects/manifest';
import type { Panel, Row } from './panels';
import { DATA_SOURCE, panelsOf } from './panels';
import type { Matchers } from './queries';
import { latency, mtlsShare, requestRate, requestsFrom, requestsTo, successRate } from './queries';
import type { Division, Resource } from './resources';
import { BY_DESTINATION } from './resources';

/** A dashboard as Grafana reads it. */
export interface Dashboard {
  readonly uid: string;
  readonly [field: string]: Json;
}

const TAG = 'linkerd';

/** Success, rate, latency and encryption of one object's requests, and of those that it sends: what viz's links open. */
export function dashboard(resource: Resource): Dashboard {
  const { kind, parts, calls } = resource;
  const requests = requestsTo(resource);
  return {
    uid: `linkerd-${kind}`,
    title: `Linkerd ${kind}`,
    tags: [TAG],
    schemaVersion: 41,
    editable: false,
    refresh: '10s',
    time: { from: 'now-15m', to: 'now' },
    timezone: 'browser',
    // One cursor in all graphs.
    graphTooltip: 1,
    annotations: { list: [] },
    links: [{ type: 'dashboards', title: 'Linkerd', tags: [TAG], asDropdown: true, includeVars: true, keepTime: true }],
    templating: { list: variables(resource) },
    panels: panelsOf([
      { type: 'stat', panels: stats(requests) },
      { type: 'timeseries', panels: graphs(requests) },
      ...(parts === undefined ? [] : section(`By ${parts.by}`, requests, parts)),
      ...(calls ? section('Requests to others', requestsFrom(resource), BY_DESTINATION) : []),
    ]),
  };
}

const stats = (requests: Matchers): Panel[] => [
  {
    title: 'Success rate',
    unit: 'share',
    targets: [{ expr: successRate(requests), legend: 'success rate' }],
    judged: { good: 0.95, fair: 0.9 },
  },
  {
    title: 'Requests',
    unit: 'requests a second',
    targets: [{ expr: requestRate(requests), legend: 'requests' }],
  },
  {
    title: 'Latency, 95th percentile',
    unit: 'milliseconds',
    targets: [{ expr: latency(0.95, requests), legend: 'p95' }],
  },
  {
    title: 'With mutual TLS',
    unit: 'share',
    targets: [{ expr: mtlsShare(requests), legend: 'with mutual TLS' }],
    judged: { good: 1, fair: 0.95 },
  },
];

const graphs = (requests: Matchers): Panel[] => [
  { title: 'Success rate', unit: 'share', targets: [{ expr: successRate(requests), legend: 'success rate' }] },
  { title: 'Requests', unit: 'requests a second', targets: [{ expr: requestRate(requests), legend: 'requests' }] },
  {
    title: 'Latency',
    unit: 'milliseconds',
    targets: [
      { expr: latency(0.5, requests), legend: 'p50' },
      { expr: latency(0.95, requests), legend: 'p95' },
      { expr: latency(0.99, requests), legend: 'p99' },
    ],
  },
];

const section = (title: string, requests: Matchers, { labels, legend }: Division): Row[] => [
  { type: 'heading', title },
  {
    type: 'timeseries',
    panels: [
      { title: 'Success rate', unit: 'share', targets: [{ expr: successRate(requests, labels), legend }] },
      { title: 'Requests', unit: 'requests a second', targets: [{ expr: requestRate(requests, labels), legend }] },
      {
        title: 'Latency, 95th percentile',
        unit: 'milliseconds',
        targets: [{ expr: latency(0.95, requests, labels), legend }],
      },
    ],
  },
];

/** Viz's links set them: `var-namespace`, and one that is called like the kind. */
function variables({ kind, label, namespaceLabel, direction }: Resource): Json[] {
  const own = `direction="${direction}"`;
  if (namespaceLabel === undefined) return [variable(kind, `label_values(request_total{${own}}, ${label})`)];
  const inNamespace = `${own}, ${namespaceLabel}="$namespace"`;
  return [
    variable('namespace', `label_values(request_total{${own}}, ${namespaceLabel})`),
    variable(kind, `label_values(request_total{${inNamespace}}, ${label})`),
  ];
}

const variable = (name: string, query: string): Json => ({
  type: 'query',
  name,
  datasource: DATA_SOURCE,
  definition: query,
  query: { query, refId: name },
  // 2: whenever the time range changes; 1: by name.
  refresh: 2,
  sort: 1,
});
