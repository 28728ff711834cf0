import { App } from 'cdk8s';
import { ambassador } from '../../ambassador/ambassador';
import { TAPPABLE } from '../../linkerd/viz/tappable';
import { collectObjects } from '../../objects/collect';
import { at, strings } from '../../objects/json';
import { Platform } from '../../platform';
import type { KnativeServiceProps } from './knative-service';
import { KnativeService } from './knative-service';
import { ALL_FEATURES } from './testing/all-props';
import type { TestPlatformProps } from './testing/platform';
import { LEAST, manifestWith, mistakesWith, TestPlatform } from './testing/platform';

const ENV = 'config.linkerd.io/proxy-additional-env';
const POLICY = 'config.linkerd.io/default-inbound-policy';
const PORTS = 'LINKERD2_PROXY_INBOUND_PORTS';
const REQUIRED: TestPlatformProps = { mtls: 'required' };

/** The variables of the proxy, by name; `undefined` where there is no annotation. */
function variables(props: Partial<KnativeServiceProps>, platform?: TestPlatformProps): object | undefined {
  const text = manifestWith(props, platform).spec.template.metadata.annotations[ENV];
  return text === undefined ? undefined : byName(text);
}

function byName(text: string): Record<string, unknown> {
  const entries = JSON.parse(text) as { name: string; value: unknown }[];
  const found = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  expect(Object.keys(found)).toHaveLength(entries.length);
  return found;
}

describe('where mTLS is required, the proxy knows all ports of a pod from its start', () => {
  test.each<[string, Partial<KnativeServiceProps>, string]>([
    ['the port that services have by default', {}, '8012,8022,8080,8112,9090,9091'],
    ['another one', { port: { number: 80 } }, '80,8012,8022,8112,9090,9091'],
    [
      'of HTTP/2, which comes to another port of queue-proxy',
      { port: { number: 50051, protocol: 'h2c' } },
      '8013,8022,8112,9090,9091,50051',
    ],
    [
      'the ports that the kubelet asks by HTTP',
      {
        port: { number: 3000 },
        probes: {
          readiness: { httpGet: { path: '/', port: 3001 } },
          liveness: { httpGet: { path: '/', port: 3002 } },
          startup: { httpGet: { path: '/', port: 3003 } },
        },
        sidecars: [{ name: 'beside', image: 'beside:1', probes: { liveness: { httpGet: { port: 3004 } } } }],
      },
      '3000,3002,3003,3004,8012,8022,8112,9090,9091',
    ],
    [
      '… and no port twice, or that is asked otherwise',
      { probes: { liveness: { httpGet: { port: 8080 } }, startup: { tcpSocket: { port: 3003 } } } },
      '8012,8022,8080,8112,9090,9091',
    ],
  ])('%s', (_, props, ports) => {
    const settings = { features: ALL_FEATURES };
    expect(variables(props, { ...REQUIRED, settings })).toEqual({ [PORTS]: ports });
  });

  test('where Serving gives profiles, their port is one of them', () => {
    const settings = { observability: { runtimeProfiling: 'enabled' } } as const;
    expect(variables({}, { ...REQUIRED, settings })).toEqual({ [PORTS]: '8008,8012,8022,8080,8112,9090,9091' });
  });
});

describe('where pods take connections of anybody there is nothing', () => {
  test.each<[string, Partial<KnativeServiceProps>, TestPlatformProps]>([
    ['permissive', {}, {}],
    ['no proxy', { meshed: false }, REQUIRED],
    ['an open policy on the template', { templateAnnotations: { [POLICY]: 'all-unauthenticated' } }, {}],
  ])('%s', (_, props, platform) => {
    expect(variables(props, platform)).toBeUndefined();
  });
});

test.each(['all-authenticated', 'cluster-authenticated', 'deny'])(
  'a template may refuse connections by itself: %s',
  (policy) => {
    expect(variables({ templateAnnotations: { [POLICY]: policy } })).toHaveProperty(PORTS);
  },
);

test('a template that is open in a namespace that is not has the Servers of the namespace all the same', () => {
  expect(variables({ templateAnnotations: { [POLICY]: 'all-unauthenticated' } }, REQUIRED)).toHaveProperty(PORTS);
});

test('a namespace may be declared after its services', () => {
  const platform = new TestPlatform();
  const annotations = (name: string): unknown => {
    const [object] = platform.services.node.findChild(name).node.children;
    return (object as unknown as { toJson(): { spec: { template: { metadata: { annotations: object } } } } }).toJson()
      .spec.template.metadata.annotations;
  };
  for (const namespace of ['strict', 'open']) new KnativeService(platform.services, namespace, { ...LEAST, namespace });
  platform.namespaces.add('strict', { mtls: 'required' });
  platform.namespaces.add('open');
  expect(annotations('strict')).toHaveProperty([ENV], `[{"name":"${PORTS}","value":"8012,8022,8080,8112,9090,9091"}]`);
  expect(annotations('open')).not.toHaveProperty([ENV]);
});

describe('the variables of a service itself', () => {
  const TAP = 'LINKERD2_PROXY_TAP_SVC_NAME';
  const own = (...list: object[]): Partial<KnativeServiceProps> => ({
    templateAnnotations: { [ENV]: JSON.stringify(list) },
  });

  test("are beside the platform's, whether mTLS is required or not", () => {
    const props = own({ name: 'LINKERD2_PROXY_LOG', value: 'debug' });
    const found = { LINKERD2_PROXY_LOG: 'debug', [TAP]: expect.stringMatching(/^tap\./) as string };
    expect(variables(props, { podAnnotations: TAPPABLE })).toEqual(found);
    expect(variables(props, { ...REQUIRED, podAnnotations: TAPPABLE })).toEqual({
      ...found,
      [PORTS]: '8012,8022,8080,8112,9090,9091',
    });
  });

  test('count where the platform has one of that name', () => {
    expect(variables(own({ name: PORTS, value: '1' }), REQUIRED)).toEqual({ [PORTS]: '1' });
  });

  test('may come from elsewhere', () => {
    const variable = { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
    const { annotations } = manifestWith(own(variable)).spec.template.metadata;
    expect(JSON.parse(annotations[ENV] ?? '')).toEqual([variable]);
  });

  test.each(['LINKERD2_PROXY_LOG=debug', '{"name":"A"}', '[{"value":"1"}]'])('%s is refused', (text) => {
    for (const platform of [REQUIRED, {}]) {
      expect(mistakesWith({ templateAnnotations: { [ENV]: text } }, platform)).toEqual([
        `templateAnnotations.${ENV}: is not a list of variables in JSON, so Linkerd's injector passes it over: write for example '[{"name":"LINKERD2_PROXY_LOG_FORMAT","value":"json"}]'`,
      ]);
    }
  });
});

test.each(['embedded', 'external'] as const)(
  "all services of a platform that requires mTLS have the ports beside tap's variable, with Linkerd %s",
  (release) => {
    const platform = new Platform(new App(), 'platform', {
      domain: 'example.com',
      ingress: ambassador(),
      mtls: 'required',
      releases: { linkerd: release, 'linkerd-viz': release },
    });
    platform.addNamespace('open', { mtls: 'permissive' });
    for (const [name, namespace] of [
      ['one', 'default'],
      ['two', 'open'],
    ] as const) {
      new KnativeService(platform.services, name, { ...LEAST, namespace });
    }
    const found = collectObjects(platform)
      .filter(({ manifest }) => manifest.apiVersion === 'serving.knative.dev/v1')
      .map(({ manifest }) => strings(at(manifest.spec, 'template', 'metadata', 'annotations')));
    expect(found.map((annotations) => Object.keys(byName(annotations[ENV] ?? '')))).toEqual([
      ['LINKERD2_PROXY_TAP_SVC_NAME', PORTS],
      ['LINKERD2_PROXY_TAP_SVC_NAME'],
    ]);
  },
);
