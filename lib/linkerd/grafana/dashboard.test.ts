import type { Dashboard } from './dashboard';
import { dashboard } from './dashboard';
import { RESOURCES } from './resources';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

const panels = (content: Dashboard): Panel[] => content.panels as unknown as Panel[];
const targets = (content: Dashboard) => panels(content).flatMap((panel) => panel.targets ?? []);
const queries = (content: Dashboard): string[] => targets(content).map(({ expr }) => expr);
const variables = (content: Dashboard): { name: string; definition: string }[] =>
  (content.templating as unknown as { list: { name: string; definition: string }[] }).list;

const DASHBOARDS = RESOURCES.map((resource) => [resource.kind, dashboard(resource)] as const);

const BRACKETS = [
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
] as const;

test("the ids are those that viz's dashboard links to", () => {
  expect(DASHBOARDS.map(([, { uid }]) => uid)).toEqual([
    'linkerd-cronjob',
    'linkerd-daemonset',
    'linkerd-deployment',
    'linkerd-job',
    'linkerd-namespace',
    'linkerd-pod',
    'linkerd-replicaset',
    'linkerd-replicationcontroller',
    'linkerd-service',
    'linkerd-statefulset',
  ]);
});

test('a whole one', () => {
  const deployment = RESOURCES.find(({ kind }) => kind === 'deployment');
  expect(deployment && dashboard(deployment)).toMatchSnapshot();
});

describe.each(DASHBOARDS)('the dashboard of a %s', (kind, content) => {
  const wanted = kind === 'namespace' ? ['namespace'] : ['namespace', kind];

  test("has the variables that viz's links set, and every query uses them all", () => {
    expect(variables(content).map(({ name }) => name)).toEqual(wanted);
    for (const query of queries(content)) {
      for (const name of wanted) expect(query).toContain(`="$${name}"`);
    }
  });

  test('its queries use no other variable, and are of metrics that the proxies have', () => {
    for (const query of queries(content)) {
      const used = [...query.matchAll(/\$(\w+)/g)].map(([, name]) => name);
      expect([...wanted, '__rate_interval']).toEqual(expect.arrayContaining(used));
      const metrics = [...query.matchAll(/(\w+)\{/g)].map(([, metric]) => metric);
      expect(['request_total', 'response_total', 'response_latency_ms_bucket']).toEqual(
        expect.arrayContaining(metrics),
      );
      expect(metrics).not.toEqual([]);
    }
  });

  test('brackets of queries close', () => {
    for (const query of [...queries(content), ...variables(content).map(({ definition }) => definition)]) {
      for (const [open, close] of BRACKETS) expect(query.split(open)).toHaveLength(query.split(close).length);
      expect(query.split('"').length % 2).toBe(1);
    }
  });

  test('what a legend names is what its query is divided by', () => {
    for (const { expr, legendFormat } of targets(content)) {
      const legend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
      const by = /by \((?:le, )?([^)]*)\)/.exec(expr)?.[1];
      expect(by === undefined || by === 'le' ? [] : by.split(', ')).toEqual(legend);
    }
  });

  test('shows success, requests and three percentiles of latency', () => {
    const text = queries(content).join('\n');
    for (const part of [
      'classification="success"',
      'request_total',
      'quantile(0.5,',
      'quantile(0.95,',
      'quantile(0.99,',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('panels have ids of their own, fit into the grid and cover none of the others', () => {
    const all = panels(content);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const cells = all.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(all.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});

test("a service's requests are counted by its clients, all others' as they come in", () => {
  const first = DASHBOARDS.map(([kind, content]) => [kind, queries(content)[0]] as const);
  for (const [kind, query] of first) {
    expect(query).toContain(kind === 'service' ? 'direction="outbound"' : 'direction="inbound"');
  }
  expect(first.find(([kind]) => kind === 'service')?.[1]).toContain(
    'dst_namespace="$namespace", dst_service="$service"',
  );
});

test('the label of a Job is not the one that Prometheus has for its own jobs', () => {
  const [, job] = DASHBOARDS.find(([kind]) => kind === 'job') ?? [];
  expect(job && queries(job)[0]).toContain('k8s_job="$job"');
});
