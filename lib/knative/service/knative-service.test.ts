import { Construct } from 'constructs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { collectObjects } from '../../objects/collect';
import type { Json } from '../../objects/manifest';
import { mistakesOf, warningsOf } from '../../objects/mistakes';
import { toYaml } from '../../render/yaml';
import type { KnativeServiceProps } from './knative-service';
import { KnativeService } from './knative-service';
import { ALL_FEATURES, ALL_PROPS } from './testing/all-props';
import { LEAST, manifestWith, mistakesWith, serviceWith, TestPlatform, saying } from './testing/platform';

const render = (platform: TestPlatform): string =>
  collectObjects(platform)
    .filter(({ manifest }) => manifest.apiVersion === 'serving.knative.dev/v1')
    .map(({ manifest }) => toYaml(manifest as Json))
    .join('---\n');

test('with the least props', () => {
  const platform = new TestPlatform();
  new KnativeService(platform.services, 'helloworld-go', {
    image: 'docker.io/cpretzer/helloworld-go',
    env: { TARGET: 'Go Sample v1 now with Linkerd' },
  });
  expect(render(platform)).toMatchSnapshot();
});

test('with all props', () => {
  const platform = new TestPlatform({ settings: { features: ALL_FEATURES } });
  platform.namespaces.add('team-a');
  const service = new KnativeService(platform.services, 'everything', ALL_PROPS);
  expect(render(platform)).toMatchSnapshot();
  expect(warningsOf(service).map(({ message }) => message)).toMatchSnapshot();
});

describe('its name and host', () => {
  test('are the id of the construct, in the namespace default, under the domain of the platform', () => {
    const service = serviceWith({});
    expect(service).toMatchObject({
      name: 'hello',
      namespace: 'default',
      host: 'hello.default.example.com',
      url: 'http://hello.default.example.com',
    });
  });

  test('are cluster-local where its visibility is', () => {
    const service = serviceWith({ visibility: 'cluster-local' });
    expect(service.host).toBe('hello.default.svc.cluster.local');
    expect(manifestWith({ visibility: 'cluster-local' }).metadata.labels).toEqual({
      'networking.knative.dev/visibility': 'cluster-local',
    });
  });

  it.each([
    [{ name: 'Hello' }, /^name: "Hello" is not a DNS label/],
    [{ name: '' }, 'name: is missing: name the object'],
    [{ name: '7up' }, /^name: "7up" begins with a digit: begin with a letter$/],
    [{ name: 'a'.repeat(64) }, /^name: "a+" has 64 characters: at most 63 are allowed$/],
    [
      { namespace: 'defualt' },
      'namespace: "defualt" is not declared by the platform: declare it with addNamespace; did you mean "default"?',
    ],
    [
      { namespace: 'elsewhere' },
      'namespace: "elsewhere" is not declared by the platform: declare it with addNamespace; there are default, knative-serving, layer-system',
    ],
  ] satisfies [Partial<KnativeServiceProps>, string | RegExp][])('%j is refused', (props, message) => {
    expect(mistakesWith(props)).toContainEqual(saying(message));
  });

  test('of 63 characters is the longest', () => {
    expect(mistakesWith({ name: 'a'.repeat(63) })).toEqual([]);
  });
});

describe('several services', () => {
  test('of one name in one namespace are refused, with the paths of both', () => {
    const platform = new TestPlatform();
    new KnativeService(platform.services, 'hello', LEAST);
    new KnativeService(new Construct(platform.services, 'team'), 'other', { ...LEAST, name: 'hello' });
    expect(mistakesOf(platform)).toEqual([
      {
        where: 'platform/services/team/other',
        message:
          'name: "hello" of the namespace "default" is platform/services/hello already: give this one another name or namespace, or remove one of the two',
      },
    ]);
    expect(platform.carried).toHaveLength(1);
  });

  test('of one id in one scope, but in several namespaces, are none', () => {
    const platform = new TestPlatform();
    const teams = ['team-a', 'team-b'].map((name) => platform.namespaces.add(name));
    const services = ['default', ...teams].map(
      (namespace) => new KnativeService(platform.services, 'hello', { ...LEAST, namespace }),
    );
    expect(mistakesOf(platform)).toEqual([]);
    expect(services.map(({ node }) => node.path)).toEqual([
      'platform/services/hello',
      'platform/services/hello@team-a',
      'platform/services/hello@team-b',
    ]);
    expect(services.map(({ host }) => host)).toEqual([
      'hello.default.example.com',
      'hello.team-a.example.com',
      'hello.team-b.example.com',
    ]);
  });

  test('of one id, name and namespace are a mistake and no raw error', () => {
    const platform = new TestPlatform();
    for (let count = 0; count < 2; count++) new KnativeService(platform.services, 'hello', LEAST);
    expect(mistakesOf(platform)).toEqual([
      {
        where: 'platform/services/hello',
        message:
          'name: "hello" of the namespace "default" is declared twice here: give one of the two another name or namespace, or remove it',
      },
    ]);
    new KnativeService(platform.services, 'hello', LEAST);
    expect(mistakesOf(platform)).toHaveLength(2);
    expect(() => collectObjects(platform)).not.toThrow(/@|declared already/);
  });
});

test('a namespace may be declared after its services', () => {
  const platform = new TestPlatform();
  new KnativeService(platform.services, 'hello', { ...LEAST, namespace: 'later' });
  platform.namespaces.add('later');
  expect(mistakesOf(platform)).toEqual([]);
});

describe('in a namespace that is not meshed', () => {
  const unmeshed = (): TestPlatform => {
    const platform = new TestPlatform();
    platform.namespaces.add('bare', { inject: 'disabled' });
    return platform;
  };
  const injectOf = (platform: TestPlatform): unknown =>
    collectObjects(platform).find(({ manifest }) => manifest.kind === 'Service')?.manifest.spec;
  const template = (inject: string): object => ({
    template: { metadata: { annotations: { 'linkerd.io/inject': inject } } },
  });
  const WARNING =
    'meshed: the namespace "bare" is not meshed, so a pod starts without a proxy while Linkerd\'s injector does not answer: mesh the namespace, or set meshed to false';

  test('neither is a service', () => {
    const platform = unmeshed();
    new KnativeService(platform.services, 'hello', { ...LEAST, namespace: 'bare' });
    expect(injectOf(platform)).toMatchObject(template('disabled'));
    expect(warningsOf(platform)).toEqual([]);
  });

  test('a service may be all the same, with a warning', () => {
    const platform = unmeshed();
    new KnativeService(platform.services, 'hello', { ...LEAST, namespace: 'bare', meshed: true });
    expect(injectOf(platform)).toMatchObject(template('enabled'));
    expect(warningsOf(platform)).toEqual([{ where: 'platform/services/hello', message: WARNING }]);
  });

  test('a service that came first is, with the same warning', () => {
    const platform = new TestPlatform();
    new KnativeService(platform.services, 'hello', { ...LEAST, namespace: 'bare' });
    platform.namespaces.add('bare', { inject: 'disabled' });
    expect(warningsOf(platform)).toEqual([{ where: 'platform/services/hello', message: WARNING }]);
  });
});

test('a scope outside of platform.services is an error that says where it goes', () => {
  expect(() => new KnativeService(new TestPlatform(), 'hello', LEAST)).toThrow(/stands within platform\.services/);
});

test('an empty id is a mistake and no raw error', () => {
  const platform = new TestPlatform();
  new KnativeService(platform.services, '', LEAST);
  expect(mistakesOf(platform)).toHaveLength(1);
});

test('all mistakes of a service are reported together', () => {
  const platform = new TestPlatform();
  new KnativeService(platform.services, 'Hello', {
    image: 'no spaces please',
    env: { 'A=B': '', PORT: '1' },
    port: { number: 70000 },
    scale: { min: 5, max: 3, window: '1s' },
    traffic: [{ latestRevision: true, percent: 90 }],
    timeoutSeconds: -1,
  });
  expect(() => collectObjects(platform)).toThrow();
  expect(mistakesOf(platform).map(({ message }) => message)).toMatchSnapshot();
});

describe('the networking layer', () => {
  const limit = { effect: 'it cannot', remedy: 'do without' };

  test('is made to carry each service', () => {
    const platform = new TestPlatform();
    const a = new KnativeService(platform.services, 'a', { ...LEAST, webSocket: true });
    const b = new KnativeService(platform.services, 'b', { ...LEAST, visibility: 'cluster-local' });
    expect(platform.carried).toEqual([
      { construct: a, name: 'a', namespace: 'default', publicHost: 'a.default.example.com', webSocket: true },
      { construct: b, name: 'b', namespace: 'default', publicHost: undefined, webSocket: false },
    ]);
  });

  test('may not take HTTP/2', () => {
    const port = { number: 80, protocol: 'h2c' } as const;
    expect(mistakesWith({ port }, { limits: { http2: limit } })).toEqual([
      'port.protocol: "h2c" is refused: with layer, it cannot: do without',
    ]);
    expect(mistakesWith({ port })).toEqual([]);
    expect(mistakesWith({ port: { ...port, protocol: 'http1' } }, { limits: { http2: limit } })).toEqual([]);
  });

  test('takes no WebSocket to a port of HTTP/2', () => {
    expect(mistakesWith({ webSocket: true, port: { number: 80, protocol: 'h2c' } })).toEqual([
      'webSocket: true does not go with port.protocol "h2c": WebSocket needs "http1"',
    ]);
  });
});

describe('no field of the props is lost on the way to YAML', () => {
  type Path = readonly (string | number)[];

  /** Props that are written in other words. */
  const TRANSLATED = ['meshed', 'webSocket', 'httpFullDuplex', 'queueProxy.mountPodInfo'];

  const pathsOf = (value: unknown, path: Path = []): Path[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [path];
  const paths = pathsOf(ALL_PROPS).filter((path) => !TRANSLATED.includes(path.join('.')));

  /** The props with another text in each of those fields. */
  const filledWith = (text: (path: Path) => string): KnativeServiceProps => {
    const fill = (value: unknown, path: Path): unknown => {
      if (TRANSLATED.includes(path.join('.'))) return value;
      if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]));
      if (typeof value !== 'object' || value === null) return text(path);
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key])]));
    };
    return fill(ALL_PROPS, []) as KnativeServiceProps;
  };

  const textsOf = (value: unknown): string[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [String(value)];

  test(`in any of ${paths.length} fields, whatever text is in it`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const textIn = (path: Path): string => `${path.join('.')}${text}`;
        const back = new Set(textsOf(parse(toYaml(manifestWith(filledWith(textIn)) as Json))));
        expect(paths.map(textIn).filter((given) => !back.has(given))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
