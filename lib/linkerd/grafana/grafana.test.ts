import { App } from 'cdk8s';
import { parse } from 'yaml';
import { inventory } from '../../../testing/inventory';
import type { ConfigMapProps, Container, DeploymentProps, EnvVar } from '../../../imports/kubernetes';
import type { ServerSpec } from '../../../imports/policy.linkerd.io';
import { collectObjects } from '../../objects/collect';
import type { Json, Manifest, PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { Phase } from '../../objects/phase';
import { toYaml } from '../../render/yaml';
import { TRUST_ANCHORS } from '../testing/certificates';
import { LinkerdViz } from '../viz/viz';
import type { GrafanaProps } from './grafana';
import { Grafana } from './grafana';
import { GRAFANA_URL } from './names';
import { TAPPABLE } from '../viz/tappable';
import { RESOURCES } from './resources';

const ALL: Required<GrafanaProps> = {
  image: `registry.example.com/grafana@sha256:${'0'.repeat(64)}`,
  imageRegistry: 'registry.example.com',
  prometheusUrl: 'https://prometheus.example.com/linkerd',
  resources: { cpuRequest: '50m', cpuLimit: '1', memoryRequest: '128Mi', memoryLimit: '512Mi' },
  nodeSelector: { 'example.com/pool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  podAnnotations: { 'config.linkerd.io/proxy-cpu-request': '10m' },
};

const objects = (props?: GrafanaProps): PlatformObject[] => {
  const phase = new Phase(new App(), 'linkerd-viz');
  new Grafana(phase, props);
  return collectObjects(phase);
};
const named = (all: readonly PlatformObject[], name: string): Manifest | undefined =>
  all.find(({ manifest }) => describeObject(manifest) === name)?.manifest;
const find = (name: string, props?: GrafanaProps): Manifest | undefined => named(objects(props), name);
const names = (props?: GrafanaProps): string[] => objects(props).map(({ manifest }) => describeObject(manifest));
const template = (props?: GrafanaProps) =>
  (find('Deployment linkerd-viz/grafana', props)?.spec as unknown as NonNullable<DeploymentProps['spec']>).template;
const container = (props?: GrafanaProps): Container | undefined => template(props).spec?.containers[0];
const env = (props?: GrafanaProps): Record<string, EnvVar['value']> =>
  Object.fromEntries((container(props)?.env ?? []).map(({ name, value }) => [name, value]));
const data = (configMap: string): Readonly<Record<string, string>> =>
  (find(`ConfigMap linkerd-viz/${configMap}`) as ConfigMapProps | undefined)?.data ?? {};

test('with the least props', () => {
  expect(inventory(objects())).toMatchSnapshot();
  const others = objects().filter(({ manifest }) => manifest.kind !== 'ConfigMap');
  expect(others.map(({ manifest }) => manifest)).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(objects(ALL))).toMatchSnapshot();
  expect(find('Deployment linkerd-viz/grafana', ALL)).toMatchSnapshot();
});

describe('a pod that may do little', () => {
  test('without root, without rights in the cluster, with a file system that it cannot change', () => {
    expect(template().spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container()?.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    });
    expect(names().filter((name) => /Role|Secret/.test(name))).toEqual([]);
  });

  test('it keeps nothing, and every volume is mounted', () => {
    const { volumes = [] } = template().spec ?? {};
    expect(volumes.flatMap(({ name, emptyDir }) => (emptyDir ? [name] : []))).toEqual(['data', 'tmp']);
    expect(container()?.volumeMounts?.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    const mounted = volumes.flatMap(({ configMap }) => `ConfigMap linkerd-viz/${configMap?.name ?? ''}`).slice(2);
    expect(mounted.sort()).toEqual(names().filter((name) => name.startsWith('ConfigMap')));
  });

  test('it asks the internet for nothing', () => {
    const asks = Object.entries(env()).filter(([name]) => /ANALYTICS|NEWS|SNAPSHOTS/.test(name));
    expect(asks.map(([, value]) => value)).toEqual(asks.map(() => 'false'));
    expect(env()).toMatchObject({
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
      GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
    });
  });
});

describe('who reaches whom', () => {
  test('nobody logs in, and everybody only looks', () => {
    expect(env()).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
    });
  });

  test("viz's dashboard alone, by its identity: the pod is in the mesh", () => {
    expect(template().metadata?.annotations).toMatchObject({ 'linkerd.io/inject': 'enabled', ...TAPPABLE });
    expect(find('Server linkerd-viz/grafana')?.spec).toEqual({
      podSelector: { matchLabels: template().metadata?.labels },
      port: container()?.ports?.[0]?.name,
      proxyProtocol: 'HTTP/1',
      accessPolicy: 'deny',
    });
    expect(find('AuthorizationPolicy linkerd-viz/grafana')?.spec).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'grafana' },
      requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'web', namespace: 'linkerd-viz' }],
    });
  });

  test("viz's Prometheus lets it in", () => {
    expect(find('AuthorizationPolicy linkerd-viz/prometheus-admin-grafana')?.spec).toEqual({
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'prometheus-admin' },
      requiredAuthenticationRefs: [{ kind: 'ServiceAccount', name: 'grafana', namespace: 'linkerd-viz' }],
    });
    expect(template().spec?.serviceAccountName).toBe('grafana');
  });

  test('another Prometheus has no Server here', () => {
    expect(names(ALL).filter((name) => name.includes('prometheus-admin'))).toEqual([]);
    expect(env(ALL).PROMETHEUS_URL).toBe('https://prometheus.example.com/linkerd');
  });

  test('the parts of viz that it counts on are there: its Server, its dashboard, and the host under which the dashboard passes requests on', () => {
    const phase = new Phase(new App(), 'linkerd-viz');
    new LinkerdViz(phase, { webhookCaBundle: TRUST_ANCHORS, grafanaUrl: GRAFANA_URL });
    new Grafana(phase);
    const all = collectObjects(phase);
    expect(named(all, 'Server linkerd-viz/prometheus-admin')?.spec as unknown as ServerSpec).toMatchObject({
      port: 'admin',
    });
    expect(named(all, 'ServiceAccount linkerd-viz/web')).toBeDefined();
    const web = named(all, 'Deployment linkerd-viz/web')?.spec as unknown as NonNullable<DeploymentProps['spec']>;
    expect(web.template.spec?.containers[0]?.args).toContain(
      '-grafana-addr=grafana.linkerd-viz.svc.cluster.local:3000',
    );
    expect(named(all, 'Service linkerd-viz/grafana')?.spec).toMatchObject({ ports: [{ port: 3000 }] });
    const prometheus = new URL(env().PROMETHEUS_URL ?? '');
    expect(prometheus.hostname).toBe('prometheus.linkerd-viz.svc.cluster.local');
    expect(named(all, 'Service linkerd-viz/prometheus')?.spec).toMatchObject({
      ports: [{ port: Number(prometheus.port) }],
    });
  });
});

describe('what is provisioned', () => {
  test('one data source, whose URL is in the environment, so that another one restarts the pod', () => {
    expect(parse(data('grafana-data-sources')['prometheus.yaml'] ?? '')).toMatchObject({
      datasources: [{ uid: 'prometheus', type: 'prometheus', access: 'proxy', url: '$PROMETHEUS_URL' }],
    });
    expect(env().PROMETHEUS_URL).toBe('http://prometheus.linkerd-viz.svc.cluster.local:9090');
  });

  test('a dashboard for each link, under the name of its id', () => {
    const dashboards = Object.entries(data('grafana-dashboards'));
    expect(dashboards.map(([file]) => file)).toEqual(RESOURCES.map(({ kind }) => `linkerd-${kind}.json`));
    for (const [file, text] of dashboards) expect(`${(JSON.parse(text) as { uid: string }).uid}.json`).toBe(file);
  });

  test('dashboards are where their provider looks, and the first page is one of them', () => {
    const { providers } = parse(data('grafana-dashboard-providers')['linkerd.yaml'] ?? '') as {
      providers: { options: { path: string } }[];
    };
    const path = providers[0]?.options.path ?? '';
    expect(container()?.volumeMounts).toContainEqual(
      expect.objectContaining({ name: 'grafana-dashboards', mountPath: path }),
    );
    const home = env().GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
    expect(Object.keys(data('grafana-dashboards')).map((file) => `${path}/${file}`)).toContain(home);
  });

  test("pages name the path under which viz's dashboard passes requests on, though it takes it off", () => {
    expect(new URL(env().GF_SERVER_ROOT_URL ?? '').pathname).toBe('/grafana/');
    expect(env()).not.toHaveProperty('GF_SERVER_SERVE_FROM_SUB_PATH');
  });

  test('every object is small enough for kubectl to keep in an annotation, and holds nothing that Flux would replace', () => {
    for (const { manifest } of objects()) {
      expect(JSON.stringify(manifest).length).toBeLessThan(262_144);
      expect(toYaml(manifest as Json)).not.toContain('${');
    }
  });
});

test.each<[GrafanaProps, string | undefined]>([
  [{}, 'grafana/grafana:13.1.6'],
  [{ imageRegistry: 'registry.example.com' }, 'registry.example.com/grafana/grafana:13.1.6'],
  [ALL, ALL.image],
])('the image with %j', (props, image) => {
  expect(container(props)?.image).toBe(image);
});

test.each<[GrafanaProps, string]>([
  [
    { image: 'Grafana' },
    'image: "Grafana" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
  ],
  [
    { imageRegistry: 'a b' },
    'imageRegistry: "a b" is not a registry: write for example "registry.example.com" or "registry.example.com:5000/mirror"',
  ],
  [
    { prometheusUrl: 'prometheus' },
    'prometheusUrl: "prometheus" is not a URL of HTTP: write for example "http://prometheus.monitoring.svc.cluster.local:9090"',
  ],
  [
    { resources: { memoryLimit: 'x' } },
    'resources.memoryLimit: "x" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { podAnnotations: { 'linkerd.io/inject': 'disabled' } },
    "podAnnotations: linkerd.io/inject is Grafana's own: nobody logs in to it, so it must be in the mesh",
  ],
])('refuses %j', (props, message) => {
  expect(() => objects(props)).toThrow(`linkerd-viz/grafana: linkerd.viz.grafana.${message}`);
});
