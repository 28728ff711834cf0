import { App } from 'cdk8s';
import { parse } from 'yaml';
import { inventory } from '../../testing/inventory';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import type { Json, Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { mistakesOf, warningsOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import { toYaml } from '../render/yaml';
import { TemporaryRoot } from '../releases/testing/temporary-root';
import { LinkerdControlPlane } from './control-plane/control-plane';
import { LINKERD_NAMESPACE } from './control-plane/namespace';
import { certManager, injectCaFrom } from './identity/cert-manager';
import type { IdentityChoice, IdentityContext } from './identity/identity';
import { WEBHOOK_SERVICES } from './identity/webhook-services';
import type { LinkerdContext, LinkerdOptions, LinkerdVizOptions } from './linkerd';
import { addLinkerd } from './linkerd';
import { requestsProxyCpu } from '../mesh/proxy-config';
import { OTHER_AUTHORITY, TRUST_ANCHORS } from './testing/certificates';
import { VIZ_NAMESPACE } from './viz/namespace';
import { TAPPABLE } from './viz/tappable';
import { LinkerdViz } from './viz/viz';
import { at } from '../objects/json';

const EMBEDDED = { linkerd: 'embedded', 'linkerd-viz': 'embedded' } as const;

/** Certificates of the tests' own, with what they are asked for. */
function identity(): IdentityChoice & { readonly asked: IdentityContext[] } {
  const asked: IdentityContext[] = [];
  return {
    name: 'files',
    asked,
    build: (_, context) => {
      asked.push(context);
      return { trustAnchors: TRUST_ANCHORS, webhookCaBundle: OTHER_AUTHORITY };
    },
  };
}

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

const EXTERNAL = { linkerd: 'external', 'linkerd-viz': 'external' } as const;
const isExternal = ({ releases }: Partial<LinkerdContext>): boolean =>
  releases?.linkerd === 'external' && releases['linkerd-viz'] === 'external';

function add(options: LinkerdOptions = {}, context: Partial<LinkerdContext> = {}) {
  root?.remove();
  root = new TemporaryRoot();
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add('web');
  const installed = addLinkerd(
    {
      crds: new Phase(app, 'crds'),
      linkerd: new Phase(app, 'linkerd'),
      viz: new Phase(app, 'linkerd-viz'),
      namespaces,
      networks: {},
      releases: EMBEDDED,
      root: root.path,
      ...context,
    },
    { ...(isExternal(context) ? {} : { identity: identity() }), ...options },
  );
  const objects = (): Map<string, Manifest> =>
    new Map(collectObjects(app).map(({ manifest }) => [describeObject(manifest), manifest]));
  return {
    app,
    installed,
    objects,
    namespaces,
    mistakes: () => mistakesOf(app).map(({ message }) => message),
    warnings: () => warningsOf(app).map(({ message }) => message),
  };
}

const VIZ: Required<LinkerdVizOptions> = {
  prometheusUrl: 'http://prometheus.monitoring:9090',
  grafanaUrl: 'grafana.monitoring:3000',
  grafana: false,
  replicas: { web: 2 },
  resources: { tap: { cpuRequest: '10m' } },
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: 'registry.example.com',
  nodeSelector: { pool: 'system' },
  tolerations: [{ key: 'system', operator: 'Exists' }],
  podAnnotations: { 'example.com/owner': 'platform' },
};

const ALL: Required<LinkerdOptions> = {
  identity: identity(),
  viz: VIZ,
  highAvailability: true,
  replicas: 2,
  injectorReplicas: 3,
  validatorFailurePolicy: 'Fail',
  proxy: { cpuRequest: '50m' },
  cni: true,
  clusterNetworks: ['10.0.0.0/8'],
  resources: { identity: { memoryLimit: '100Mi' } },
  heartbeat: true,
  heartbeatHour: 3,
  prometheusUrl: 'http://other.monitoring:9090',
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: 'registry.example.com',
  nodeSelector: { pool: 'system' },
  tolerations: [{ key: 'system', operator: 'Exists' }],
  priorityClassName: 'system-cluster-critical',
  podAnnotations: { 'example.com/owner': 'platform' },
};

test('with the least props', () => {
  const { app, installed } = add();
  expect(installed).toEqual({
    version: 'edge-26.8.3',
    vizVersion: 'edge-26.8.3',
    podAnnotations: TAPPABLE,
    proxy: {},
  });
  expect(inventory(collectObjects(app))).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(collectObjects(add(ALL).app))).toMatchSnapshot();
});

test('its namespaces are declared: the control plane out of the mesh, viz within', () => {
  const { namespaces } = add();
  expect(namespaces.all.map(({ name, meshed }) => [name, meshed])).toEqual([
    ['web', true],
    ['linkerd', false],
    ['linkerd-viz', true],
  ]);
});

describe('the identity', () => {
  test('is built once, and told whether there is viz, and of the folder', () => {
    const asked = (options: LinkerdOptions, context?: Partial<LinkerdContext>): readonly IdentityContext[] => {
      const choice = identity();
      add({ ...options, identity: choice }, context);
      return choice.asked;
    };
    const folder = { root: '/project' };
    expect(asked({}, folder)).toEqual([{ viz: true, root: '/project' }]);
    expect(asked({ viz: false }, folder)).toEqual([{ viz: false, root: '/project' }]);
    expect(asked({}, { releases: { linkerd: 'external', 'linkerd-viz': 'embedded' } })).toHaveLength(1);
    expect(asked({}, { releases: { linkerd: 'external', 'linkerd-viz': 'external' } })).toEqual([]);
  });

  test("is the control plane's and, as far as webhooks go, viz's", () => {
    const objects = add().objects();
    const bundle = Buffer.from(OTHER_AUTHORITY.trim()).toString('base64');
    expect(objects.get('ConfigMap linkerd/linkerd-identity-trust-roots')?.data).toEqual({
      'ca-bundle.crt': TRUST_ANCHORS.trim(),
    });
    expect(objects.get('APIService v1alpha1.tap.linkerd.io')?.spec).toMatchObject({ caBundle: bundle });
  });

  test('that cannot be had leaves Linkerd out, since its own mistake says why', () => {
    const none: IdentityChoice = { name: 'files', build: () => undefined };
    const { installed, objects } = add({ identity: none });
    expect(installed).toEqual({
      version: undefined,
      vizVersion: undefined,
      podAnnotations: TAPPABLE,
      proxy: {},
    });
    expect([...objects().keys()]).toEqual(['Namespace web']);
  });

  test('of cert-manager is for the embedded releases', () => {
    expect(add({ identity: certManager() }).mistakes()).toEqual([]);
    const vendored = { releases: { linkerd: 'vendored', 'linkerd-viz': 'vendored' } } as const;
    const { mistakes, warnings } = add({ identity: certManager(), highAvailability: true }, vendored);
    expect(mistakes()).toEqual([
      'linkerd.identity: certManager() is for embedded releases, and linkerd and linkerd-viz are vendored: take files()',
      expect.stringMatching(/^linkerd\.highAvailability: is an option of the embedded release alone/),
    ]);
    expect(warnings()).toEqual([]);
    expect(
      add({ identity: certManager() }, { releases: { linkerd: 'embedded', 'linkerd-viz': 'vendored' } }).mistakes(),
    ).toEqual(['linkerd.identity: certManager() is for embedded releases, and linkerd-viz is vendored: take files()']);
  });
});

describe('viz', () => {
  test('left out is nowhere, and no pod is prepared for tap', () => {
    const { installed, objects } = add({ viz: false });
    expect(installed).toEqual({
      version: 'edge-26.8.3',
      vizVersion: undefined,
      podAnnotations: {},
      proxy: {},
    });
    expect([...objects().keys()].filter((description) => description.includes('viz'))).toEqual([]);
  });

  test('that others install still finds the pods prepared', () => {
    const { installed } = add({}, { releases: { linkerd: 'embedded', 'linkerd-viz': 'external' } });
    expect(installed).toEqual({
      version: 'edge-26.8.3',
      vizVersion: undefined,
      podAnnotations: TAPPABLE,
      proxy: {},
    });
  });

  test("tells the heartbeat of another Prometheus, unless the control plane's own options do", () => {
    const heartbeat = (options: LinkerdOptions): string =>
      JSON.stringify(add(options).objects().get('CronJob linkerd/linkerd-heartbeat'));
    const viz = { prometheusUrl: 'http://prometheus.monitoring:9090' };
    expect(heartbeat({ viz })).toContain('prometheus.monitoring');
    expect(heartbeat({ viz, prometheusUrl: 'http://other.monitoring:9090' })).toContain('other.monitoring');
  });

  test("tells its namespace of another Prometheus, for Linkerd's own checks", () => {
    const annotations = (options: LinkerdOptions): unknown =>
      add(options).objects().get('Namespace linkerd-viz')?.metadata.annotations;
    expect(annotations({ viz: { prometheusUrl: 'http://prometheus.monitoring:9090' } })).toMatchObject({
      'viz.linkerd.io/external-prometheus': 'http://prometheus.monitoring:9090',
    });
    expect(annotations({})).toEqual({ 'linkerd.io/inject': 'enabled' });
  });

  test('is told alone of what others take over from it', () => {
    const { mistakes } = add({ viz: { grafana: true, prometheusUrl: 'prometheus', imageRegistry: 'a b' } });
    expect(mistakes()).toEqual([
      expect.stringMatching(/^linkerd\.viz\.prometheusUrl: "prometheus" is not a URL/),
      expect.stringMatching(/^linkerd\.viz\.imageRegistry: "a b" is not a registry/),
    ]);
  });

  test("has a Grafana that takes over what is for all of viz's pods", () => {
    const viz = { grafana: true, imageRegistry: 'registry.example.com', nodeSelector: { pool: 'system' } };
    const grafana = add({ viz }).objects().get('Deployment linkerd-viz/grafana');
    expect(grafana?.spec).toMatchObject({ template: { spec: { nodeSelector: { pool: 'system' } } } });
    expect(JSON.stringify(grafana)).toContain('"registry.example.com/grafana/grafana:');
  });

  test('has one Grafana', () => {
    expect(add({ viz: { grafana: true, grafanaUrl: 'grafana.monitoring:3000' } }).mistakes()).toEqual([
      'linkerd.viz.grafana: is given together with grafanaUrl: leave one of the two out',
    ]);
  });
});

describe('the networks of callers', () => {
  const networks = { nodeNetworks: ['10.0.1.0/24'], apiServerNetworks: ['10.0.0.0/24'] };

  test('narrow the probes of the mesh and the callers of viz', () => {
    const objects = add({}, { networks }).objects();
    expect(JSON.stringify(objects.get('Deployment linkerd/linkerd-destination'))).toContain(
      '"--probe-networks=10.0.1.0/24,10.0.0.0/24"',
    );
    expect(objects.get('NetworkAuthentication linkerd-viz/kubelet')?.spec).toEqual({
      networks: [{ cidr: '10.0.1.0/24' }],
    });
  });

  test('that are none are reported where they are given, not here once more', () => {
    expect(add({}, { networks: { nodeNetworks: ['nodes'], apiServerNetworks: [] } }).mistakes()).toEqual([]);
  });
});

describe('vendored', () => {
  const releases = { linkerd: 'vendored', 'linkerd-viz': 'vendored' } as const;

  test('refuses what only the embedded releases have', () => {
    const refused = add(ALL, { releases })
      .mistakes()
      .filter((message) => message.includes('embedded release alone'));
    const props = (options: object, ...taken: string[]): string[] =>
      Object.keys(options).filter((option) => !taken.includes(option));
    expect(refused.map((message) => message.slice(0, message.indexOf(':')))).toEqual([
      ...props(ALL, 'identity', 'viz', 'injectorReplicas', 'validatorFailurePolicy').map((prop) => `linkerd.${prop}`),
      ...props(VIZ).map((prop) => `linkerd.viz.${prop}`),
    ]);
  });

  test('looks for the releases in the given folder', () => {
    expect(add({}, { releases }).mistakes()).toEqual([
      expect.stringMatching(/^component: releases\.lock\.yaml has no "linkerd"/),
      expect.stringMatching(/^component: releases\.lock\.yaml has no "linkerd-viz"/),
    ]);
  });
});

test.each<[LinkerdOptions, boolean]>([
  [{}, false],
  [{ highAvailability: true }, true],
  [{ proxy: { cpuRequest: '50m' } }, true],
  [{ proxy: { cpuLimit: '50m' } }, true],
  [{ proxy: { memoryRequest: '50Mi' } }, false],
])('with %j, CPU is kept for the proxies of all meshed pods: %s', (options, kept) => {
  expect(requestsProxyCpu(add(options).installed.proxy)).toBe(kept);
});

test('with linkerd-cni no namespace needs privileges', () => {
  const labels = (options: LinkerdOptions): unknown => add(options).objects().get('Namespace linkerd')?.metadata.labels;
  const LABEL = ['pod-security.kubernetes.io/enforce'];
  expect(labels({})).toHaveProperty(LABEL, 'privileged');
  expect(labels({ cni: true })).toHaveProperty(LABEL, 'restricted');
});

describe('external', () => {
  test('there is nothing', () => {
    const { installed, objects } = add({}, { releases: EXTERNAL });
    expect(installed).toEqual({
      version: undefined,
      vizVersion: undefined,
      podAnnotations: TAPPABLE,
      proxy: {},
    });
    expect([...objects().keys()]).toEqual(['Namespace web']);
  });

  test('it is not known whether pods are born meshed, which is warned of', () => {
    expect(add({}, { releases: EXTERNAL }).warnings()).toEqual([
      'releases.linkerd: "external" leaves it to that installation that no pod starts without its proxy: give the webhook of its proxy injector failurePolicy "Fail" for the meshed namespaces (webhookFailurePolicy of Linkerd\'s chart)',
    ]);
    expect(add().warnings()).toEqual([]);
    expect(add({}, { releases: { ...EMBEDDED, 'linkerd-viz': 'external' } }).warnings()).toEqual([]);
  });

  test.each<[LinkerdOptions, LinkerdContext['releases'], string[]]>([
    [
      { highAvailability: true, cni: true },
      { ...EMBEDDED, linkerd: 'external' },
      ['highAvailability', 'cni'].map(
        (prop) =>
          `linkerd.${prop}: is given, but Linkerd is external and decided on where it is installed: leave it out, or set releases.linkerd to "embedded"`,
      ),
    ],
    [
      { viz: { grafana: true } },
      { ...EMBEDDED, 'linkerd-viz': 'external' },
      [
        'linkerd.viz.grafana: is given, but viz is external and decided on where it is installed: leave it out, or set releases.linkerd-viz to "embedded"',
      ],
    ],
    [
      { identity: identity() },
      EXTERNAL,
      [
        'linkerd.identity: is given, but Linkerd and viz are external and decided on where it is installed: leave it out, or set releases.linkerd to "embedded"',
      ],
    ],
    [{ identity: identity(), viz: {} }, { ...EMBEDDED, linkerd: 'external' }, []],
    [{ identity: identity(), viz: false }, { ...EMBEDDED, 'linkerd-viz': 'external' }, []],
  ])('refuses the options in %j with %j', (options, releases, mistakes) => {
    expect(add(options, { releases }).mistakes()).toEqual(mistakes);
  });
});

describe('with certificates that are made in the cluster', () => {
  /** Linkerd whose certificates are made in the cluster. */
  const objects = () => {
    const app = new App();
    const namespaces = new Namespaces(app);
    namespaces.add('default');
    for (const name of [LINKERD_NAMESPACE, VIZ_NAMESPACE]) namespaces.add(name);
    new LinkerdControlPlane(new Phase(app, 'linkerd'), { namespaces });
    new LinkerdViz(new Phase(app, 'linkerd-viz'), {});
    return collectObjects(app).map(({ manifest }) => manifest);
  };

  test('no certificate is rendered, and no sum of one', () => {
    const yaml = objects()
      .map((manifest) => toYaml(manifest as Json))
      .join('---\n');
    expect(yaml).not.toContain('BEGIN CERTIFICATE');
    expect(yaml).not.toMatch(/caBundle: \S{3}/);
    expect(yaml).not.toContain('linkerd.io/trust-root-sha256');
    expect(
      objects().some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'linkerd-identity-trust-roots'),
    ).toBe(false);
  });

  test('cert-manager puts the CA into every object that the API server calls a service by', () => {
    const injected = objects().map(({ metadata }) => at(metadata.annotations, 'cert-manager.io/inject-ca-from'));
    const calling = objects().filter(({ kind }) => /WebhookConfiguration$|^APIService$/.test(kind));
    expect(injected.filter((from) => from !== undefined)).toHaveLength(calling.length);
    expect(new Set(injected.filter((from) => from !== undefined))).toEqual(new Set(WEBHOOK_SERVICES.map(injectCaFrom)));
  });

  test('linkerd-config says so', () => {
    const config = objects().find(({ metadata }) => metadata.name === 'linkerd-config') as unknown as {
      data: { values: string };
    };
    expect(parse(config.data.values)).toMatchObject({
      identity: { externalCA: true },
      identityTrustAnchorsPEM: '',
      proxyInjector: { caBundle: '', externalSecret: true, injectCaFrom: 'linkerd/linkerd-proxy-injector' },
      profileValidator: { injectCaFrom: 'linkerd/linkerd-sp-validator' },
      policyValidator: { injectCaFrom: 'linkerd/linkerd-policy-validator' },
    });
  });
});
