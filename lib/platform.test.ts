import { App } from 'cdk8s';
import { inventory } from '../testing/inventory';
import { ambassador } from './ambassador/ambassador';
import { KnativeService } from './knative/service/knative-service';
import type { IdentityChoice } from './linkerd/identity/identity';
import { OTHER_AUTHORITY, TRUST_ANCHORS } from './linkerd/testing/certificates';
import { collectObjects } from './objects/collect';
import type { PlatformObject } from './objects/manifest';
import { describeObject } from './objects/manifest';
import { mistakesOf, warningsOf } from './objects/mistakes';
import type { PlatformProps, PlatformReleases } from './platform';
import { Platform } from './platform';
import { projectRoot } from './releases/project-root';

const LEAST: PlatformProps = { domain: 'example.com', ingress: ambassador() };

/** Certificates of the tests' own: those of the repository are replaced by whoever uses it. */
const IDENTITY: IdentityChoice = {
  name: 'files',
  build: () => ({ trustAnchors: TRUST_ANCHORS, webhookCaBundle: OTHER_AUTHORITY }),
};

const ALL_RELEASES: Required<PlatformReleases> = {
  'knative-serving': 'embedded',
  linkerd: 'embedded',
  'linkerd-viz': 'embedded',
  'gateway-api': 'embedded',
  networking: 'embedded',
};

const ALL: Required<PlatformProps> = {
  domain: 'apps.example.com',
  ingress: ambassador({ replicas: 2, namespace: { labels: { team: 'edge' } } }),
  releases: ALL_RELEASES,
  settings: { autoscaler: { scaleToZeroGracePeriod: '1m' } },
  knativeServing: {
    highAvailability: true,
    hpaAutoscaler: true,
    imageRegistry: 'registry.example.com/gcr',
    namespace: { labels: { team: 'serving' }, proxy: { memoryLimit: '200Mi' } },
  },
  linkerd: { identity: IDENTITY, highAvailability: true, viz: { grafana: true } },
  root: projectRoot(),
  mtls: 'required',
  nodeNetworks: ['10.0.1.0/24'],
  apiServerNetworks: ['10.0.0.0/24'],
  probeNetworks: ['10.0.2.0/24'],
  environment: 'staging',
  objectsPerFile: 100,
  defaultNamespace: { inject: 'enabled', labels: { team: 'web' } },
};

const allExternal = ({ releases = {} }: Partial<PlatformProps>): boolean =>
  releases.linkerd === 'external' && releases['linkerd-viz'] === 'external';
const platformWith = (props: Partial<PlatformProps> = {}): Platform =>
  new Platform(new App(), 'platform', {
    ...LEAST,
    ...props,
    ...(!allExternal(props) && { linkerd: { identity: IDENTITY, ...props.linkerd } }),
  });
const objectsWith = (props?: Partial<PlatformProps>): PlatformObject[] => collectObjects(platformWith(props));
const described = (objects: readonly PlatformObject[]): string[] =>
  objects.map(({ manifest }) => describeObject(manifest));
const phasesOf = (objects: readonly PlatformObject[]): string[] => [...new Set(objects.map(({ phase }) => phase))];
const find = (objects: readonly PlatformObject[], description: string): PlatformObject['manifest'] | undefined =>
  objects.find(({ manifest }) => describeObject(manifest) === description)?.manifest;
const messages = (found: readonly { readonly message: string }[]): string[] => found.map(({ message }) => message);

test('with the least props', () => {
  expect(inventory(objectsWith())).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(objectsWith(ALL))).toMatchSnapshot();
});

test.each<[Partial<PlatformProps>, string]>([
  [{ environment: 'Staging' }, 'environment: "Staging" is not a DNS label'],
  [{ environment: '../up' }, 'environment: "../up" is not a DNS label'],
  [{ objectsPerFile: 0 }, 'objectsPerFile: 0 is not a whole number of at least 1'],
])('%j is refused', (props, message) => {
  expect(() => objectsWith(props)).toThrow(message);
});

test('an environment changes no object', () => {
  expect(objectsWith({ environment: 'staging', objectsPerFile: 1 })).toEqual(objectsWith());
});

test('its components are summed up, with where each comes from', () => {
  expect(platformWith().components).toEqual([
    {
      name: 'gateway-api',
      release: 'external',
      version: undefined,
      note: expect.stringMatching(/^for linkerd check:/) as string,
    },
    { name: 'linkerd', release: 'embedded', version: 'edge-26.8.3' },
    { name: 'linkerd-viz', release: 'embedded', version: 'edge-26.8.3' },
    { name: 'knative-serving', release: 'embedded', version: '1.23.0' },
    { name: 'ambassador', release: 'embedded', version: '4.1.0' },
  ]);
  expect(warningsOf(platformWith())).toEqual([]);
});

describe('the order of phases', () => {
  const objects = objectsWith();

  test('is that in which each can be applied', () => {
    expect(phasesOf(objects)).toEqual([
      '00-namespaces',
      '10-crds',
      '20-linkerd',
      '30-linkerd-viz',
      '40-knative-config',
      '45-knative-serving',
      '50-ambassador',
    ]);
    const platform = platformWith();
    new KnativeService(platform.services, 'hello', { image: 'docker.io/library/hello:1' });
    expect(phasesOf(collectObjects(platform)).at(-1)).toBe('60-services');
  });

  test.each([
    ['Namespace', '00-namespaces'],
    ['CustomResourceDefinition', '10-crds'],
  ])('every %s is in %s, and nothing else', (kind, phase) => {
    const kinds = objects.filter((object) => object.phase === phase).map(({ manifest }) => manifest.kind);
    expect(new Set(kinds)).toEqual(new Set([kind]));
    expect(objects.filter(({ manifest }) => manifest.kind === kind)).toHaveLength(kinds.length);
  });

  test('every namespace that an object is in is declared', () => {
    const declared = objects
      .filter(({ phase }) => phase === '00-namespaces')
      .map(({ manifest }) => manifest.metadata.name);
    const used = new Set(objects.flatMap(({ manifest }) => manifest.metadata.namespace ?? []));
    // kube-system is every cluster's own.
    expect([...used].filter((name) => name !== 'kube-system').sort()).toEqual(
      declared.filter((name) => name !== 'default').sort(),
    );
  });
});

test('two platforms of the same props have the same objects, also in one app', () => {
  const app = new App();
  const [first, second] = ['one', 'another'].map((id) => inventory(collectObjects(new Platform(app, id, ALL))));
  expect(second).toEqual(first);
  expect(inventory(objectsWith(ALL))).toEqual(first);
});

describe('without viz', () => {
  const props = { linkerd: { viz: false } } as const;

  test('there is nothing of it, and its component is none of the platform', () => {
    const platform = platformWith(props);
    const objects = collectObjects(platform);
    expect(phasesOf(objects)).not.toContain('30-linkerd-viz');
    expect(described(objects).filter((description) => description.includes('viz'))).toEqual([]);
    expect(platform.components).toContainEqual({
      name: 'linkerd-viz',
      release: 'external',
      version: undefined,
      note: 'left out: linkerd.viz is false',
    });
  });

  test('no pod is prepared for tap', () => {
    const tapped = (objects: readonly PlatformObject[]): string[] =>
      described(objects.filter(({ manifest }) => JSON.stringify(manifest).includes('viz.linkerd.io/tap-enabled')));
    expect(tapped(objectsWith(props))).toEqual([]);
    expect(tapped(objectsWith())).toEqual(
      expect.arrayContaining(['Deployment knative-serving/activator', 'Deployment ambassador/ambassador']),
    );
  });
});

describe('Gateway API', () => {
  const crds = (props?: Partial<PlatformProps>): string[] =>
    described(objectsWith(props)).filter((description) => description.endsWith('routes.gateway.networking.k8s.io'));

  test('is left to others by default', () => {
    expect(crds()).toEqual([]);
  });

  test('comes embedded when asked for, with a warning', () => {
    const props = { releases: { 'gateway-api': 'embedded' } } as const;
    expect(crds(props)).toEqual([
      'CustomResourceDefinition grpcroutes.gateway.networking.k8s.io',
      'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
    ]);
    const platform = platformWith(props);
    expect(platform.components[0]).toEqual({ name: 'gateway-api', release: 'embedded', version: '1.5.1' });
    expect(messages(warningsOf(platform))).toContainEqual(
      expect.stringMatching(/^releases\.gateway-api: is "embedded"/),
    );
  });
});

test('a Grafana comes with viz when asked for, and viz leads to it', () => {
  const objects = objectsWith({ linkerd: { viz: { grafana: true } } });
  expect(described(objects)).toContain('Deployment linkerd-viz/grafana');
  expect(JSON.stringify(find(objects, 'Deployment linkerd-viz/web'))).toContain('-grafana-addr=grafana.linkerd-viz');
  expect(described(objectsWith())).not.toContain('Deployment linkerd-viz/grafana');
});

describe('a component that is external', () => {
  test.each<[keyof PlatformReleases, string[]]>([
    ['linkerd', ['20-linkerd']],
    ['linkerd-viz', ['30-linkerd-viz']],
    ['knative-serving', ['40-knative-config', '45-knative-serving']],
  ])('%s is not rendered, and the others are as ever', (component, phases) => {
    const releases: PlatformReleases = { [component]: 'external' };
    const platform = platformWith({ releases });
    expect(platform.components).toContainEqual({ name: component, release: 'external', version: undefined });
    const rendered = phasesOf(objectsWith({ releases }));
    expect(rendered).toEqual(phasesOf(objectsWith()).filter((phase) => !phases.includes(phase)));
  });

  test('has its namespace where the platform has settings for its pods', () => {
    const namespaces = (component: string): string[] =>
      platformWith({ releases: { [component]: 'external' } }).namespaces.all.map(({ name }) => name);
    expect(namespaces('knative-serving')).toContain('knative-serving');
    expect(namespaces('linkerd')).not.toContain('linkerd');
    expect(namespaces('linkerd-viz')).not.toContain('linkerd-viz');
  });

  test('all of them leave the networking layer', () => {
    const releases = { linkerd: 'external', 'linkerd-viz': 'external', 'knative-serving': 'external' } as const;
    expect(phasesOf(objectsWith({ releases }))).toEqual(['00-namespaces', '10-crds', '50-ambassador']);
  });
});

test('viz is not left out and vendored at once', () => {
  const releases = { 'linkerd-viz': 'vendored' } as const;
  expect(messages(mistakesOf(platformWith({ releases, linkerd: { viz: false } })))).toEqual([
    'releases.linkerd-viz: "vendored" is given, but linkerd.viz is false, which leaves viz out: remove one of the two',
  ]);
  const external = { 'linkerd-viz': 'external' } as const;
  expect(mistakesOf(platformWith({ releases: external, linkerd: { viz: false } }))).toEqual([]);
});

test('namespaces that Linkerd never meshes do not wait for its injector', () => {
  const platform = platformWith();
  for (const name of ['kube-system', 'cert-manager', 'team-a']) platform.addNamespace(name);
  const webhook = find(
    collectObjects(platform),
    'MutatingWebhookConfiguration linkerd-proxy-injector-meshed-namespaces',
  );
  expect(JSON.stringify(webhook)).toContain('"team-a"');
  expect(JSON.stringify(webhook)).not.toMatch(/kube-system|cert-manager/);
});

test('with linkerd-cni no namespace needs privileges', () => {
  const privileged = (props: Partial<PlatformProps>): string[] =>
    described(objectsWith(props).filter(({ manifest }) => JSON.stringify(manifest).includes('"privileged"')));
  expect(privileged({ linkerd: { cni: true } })).toEqual([]);
  expect(privileged({})).toContain('Namespace default');
});

describe('the autoscaler for the HPA', () => {
  test('finds CPU kept for the proxies of all pods, or asks for it itself', () => {
    const annotations = (linkerd: PlatformProps['linkerd']): unknown => {
      const platform = platformWith({ knativeServing: { hpaAutoscaler: true }, ...(linkerd && { linkerd }) });
      new KnativeService(platform.services, 'hello', {
        image: 'docker.io/library/hello:1',
        scale: { class: 'hpa.autoscaling.knative.dev' },
        resources: { requests: { cpu: '100m' } },
      });
      return find(collectObjects(platform), 'Service default/hello')?.spec;
    };
    expect(JSON.stringify(annotations({}))).toContain('"config.linkerd.io/proxy-cpu-request":"100m"');
    expect(JSON.stringify(annotations({ proxy: { cpuRequest: '50m' } }))).not.toContain('proxy-cpu-request');
  });

  const problems = (props?: Partial<PlatformProps>) => {
    const platform = platformWith(props);
    const service = new KnativeService(platform.services, 'hello', {
      image: 'docker.io/library/hello:1',
      scale: { class: 'hpa.autoscaling.knative.dev', metric: 'memory', target: 200 },
    });
    return { mistakes: mistakesOf(service).length, warnings: warningsOf(service).length };
  };

  test('is known to the services, unless Serving is external', () => {
    expect(problems()).toEqual({ mistakes: 1, warnings: 0 });
    expect(problems({ knativeServing: { hpaAutoscaler: true } })).toEqual({ mistakes: 0, warnings: 0 });
    expect(problems({ releases: { 'knative-serving': 'external' } })).toEqual({ mistakes: 0, warnings: 1 });
  });
});

describe('required mTLS', () => {
  const objects = objectsWith(ALL);

  test('narrows what passes without an identity, in the whole mesh and in viz', () => {
    expect(JSON.stringify(find(objects, 'Deployment linkerd/linkerd-destination'))).toContain(
      '--probe-networks=10.0.2.0/24',
    );
    const cidrs = (name: string): unknown => find(objects, `NetworkAuthentication ${name}`)?.spec;
    expect(cidrs('linkerd-viz/kubelet')).toEqual({ networks: [{ cidr: '10.0.1.0/24' }] });
    expect(cidrs('linkerd-viz/kube-api-server')).toEqual({ networks: [{ cidr: '10.0.0.0/24' }] });
    expect(cidrs('knative-serving/webhook')).toEqual({ networks: [{ cidr: '10.0.0.0/24' }, { cidr: '10.0.1.0/24' }] });
  });

  test('a namespace of a component can have it otherwise', () => {
    const platform = platformWith({
      mtls: 'required',
      knativeServing: { namespace: { mtls: 'permissive' } },
      ingress: ambassador({ namespace: { mtls: 'permissive' } }),
    });
    const requiring = platform.namespaces.all.filter(({ mtls }) => mtls === 'required').map(({ name }) => name);
    expect(requiring).toEqual(['default', 'linkerd-viz']);
  });

  test('networks that are none are told once each', () => {
    expect(messages(mistakesOf(platformWith({ mtls: 'required', nodeNetworks: ['10.0.0.1'] })))).toEqual([
      'nodeNetworks[0]: "10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone',
    ]);
  });
});

test('a component out of the mesh is warned of, and so is nothing else', () => {
  const outside = { inject: 'disabled' } as const;
  const platform = platformWith({
    ingress: ambassador({ namespace: outside }),
    knativeServing: { namespace: outside },
    defaultNamespace: outside,
  });
  const message = expect.stringMatching(/^inject: "disabled" leaves/) as string;
  expect(warningsOf(platform)).toEqual([
    { where: 'platform/namespaces/ambassador', message },
    { where: 'platform/namespaces/knative-serving', message },
  ]);
});

test('a namespace for services can be added', () => {
  const platform = platformWith();
  const team = platform.addNamespace('team-a', { proxy: { cpuRequest: '50m' } });
  new KnativeService(platform.services, 'hello', { image: 'docker.io/library/hello:1', namespace: team });
  expect(described(collectObjects(platform))).toEqual(
    expect.arrayContaining(['Namespace team-a', 'Service team-a/hello']),
  );
});

test.each([
  ['Example.com', 'domain: "Example.com" is not a DNS name: use labels of lower case letters'],
  ['example..com', 'domain: "example..com" is not a DNS name'],
  ['', 'domain: "" is not a DNS name'],
  ['http://example.com', 'domain: "http://example.com" is not a DNS name'],
  [`${'a.'.repeat(126)}aa`, 'has 254 characters: at most 253 are allowed'],
])('the domain %j is refused', (domain, message) => {
  expect(() => objectsWith({ domain })).toThrow(message);
});

test('all mistakes are reported together', () => {
  const platform = platformWith({
    domain: 'Example.com',
    settings: { gc: { minNonActiveRevisions: -1 } },
    linkerd: { replicas: 0 },
    knativeServing: { imageRegistry: 'http://registry' },
  });
  expect(messages(mistakesOf(platform))).toEqual(
    expect.arrayContaining(
      ['domain: ', 'settings.gc.minNonActiveRevisions: ', 'linkerd.replicas: ', 'imageRegistry: '].map(
        (start) => expect.stringMatching(`^${start}`) as string,
      ),
    ),
  );
});

describe('what no compiler has checked', () => {
  const given = (props: object): Platform => platformWith(props);

  test.each<[object, string]>([
    [{ domain: undefined }, 'domain: is missing'],
    [{ domain: 7 }, 'domain: 7 is not a text: put it in quotes'],
    [{ releases: { linkred: 'vendored' } }, 'releases.linkred: is no prop: did you mean "linkerd"?'],
    [{ releases: { linkerd: 'embeded' } }, 'releases.linkerd: "embeded" is none of "embedded", "vendored", "external"'],
    [{ releases: { networking: 'external' } }, 'releases.networking: "external" is none of "embedded", "vendored"'],
  ])('%j is a mistake', (props, message) => {
    expect(messages(mistakesOf(given(props)))).toEqual([message]);
  });

  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is a function', ambassador],
    ['is no networking layer', 'ambassador'],
  ])('an ingress that %s is an error that says what to write', (what, ingress) => {
    expect(() => given({ ingress })).toThrow(
      new RegExp(`^platform: ingress: ${what}: .*for example ambassador\\(\\)$`),
    );
  });
});
