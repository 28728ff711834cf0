import { App } from 'cdk8s';
import { inventory } from '../../testing/inventory';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import { TemporaryRoot } from '../releases/testing/temporary-root';
import { certManager } from './identity/cert-manager';
import type { IdentityChoice, IdentityContext } from './identity/identity';
import type { LinkerdContext, LinkerdOptions, LinkerdVizOptions } from './linkerd';
import { addLinkerd } from './linkerd';
import { OTHER_AUTHORITY, TRUST_ANCHORS } from './testing/certificates';
import { TAPPABLE } from './viz/tappable';

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
    { identity: identity(), ...options },
  );
  const objects = (): Map<string, Manifest> =>
    new Map(collectObjects(app).map(({ manifest }) => [describeObject(manifest), manifest]));
  return { app, installed, objects, namespaces, mistakes: () => mistakesOf(app).map(({ message }) => message) };
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
  expect(installed).toEqual({ version: 'edge-26.8.3', vizVersion: 'edge-26.8.3', podAnnotations: TAPPABLE });
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
    expect(installed).toEqual({ version: undefined, vizVersion: undefined, podAnnotations: TAPPABLE });
    expect([...objects().keys()]).toEqual(['Namespace web']);
  });

  test('of cert-manager is for the embedded releases', () => {
    expect(add({ identity: certManager() }).mistakes()).toEqual([]);
    const vendored = { releases: { linkerd: 'vendored', 'linkerd-viz': 'vendored' } } as const;
    expect(add({ identity: certManager() }, vendored).mistakes()).toEqual(
      expect.arrayContaining(
        ['linkerd', 'linkerd-viz'].map(
          (component) =>
            `linkerd.identity: certManager() is for the embedded release, and ${component} is vendored: take files()`,
        ),
      ),
    );
  });
});

describe('viz', () => {
  test('left out is nowhere, and no pod is prepared for tap', () => {
    const { installed, objects } = add({ viz: false });
    expect(installed).toEqual({ version: 'edge-26.8.3', vizVersion: undefined, podAnnotations: {} });
    expect([...objects().keys()].filter((description) => description.includes('viz'))).toEqual([]);
  });

  test('that others install still finds the pods prepared', () => {
    const { installed } = add({}, { releases: { linkerd: 'embedded', 'linkerd-viz': 'external' } });
    expect(installed).toEqual({ version: 'edge-26.8.3', vizVersion: undefined, podAnnotations: TAPPABLE });
  });

  test("tells the heartbeat of another Prometheus, unless the control plane's own options do", () => {
    const heartbeat = (options: LinkerdOptions): string =>
      JSON.stringify(add(options).objects().get('CronJob linkerd/linkerd-heartbeat'));
    const viz = { prometheusUrl: 'http://prometheus.monitoring:9090' };
    expect(heartbeat({ viz })).toContain('prometheus.monitoring');
    expect(heartbeat({ viz, prometheusUrl: 'http://other.monitoring:9090' })).toContain('other.monitoring');
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

test('external, there is nothing', () => {
  const { installed, objects } = add({}, { releases: { linkerd: 'external', 'linkerd-viz': 'external' } });
  expect(installed).toEqual({ version: undefined, vizVersion: undefined, podAnnotations: TAPPABLE });
  expect([...objects().keys()]).toEqual(['Namespace web']);
});
