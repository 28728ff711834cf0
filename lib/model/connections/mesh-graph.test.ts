import type { PlatformObject } from '../../objects/manifest';
import type { MeshEdge } from './mesh-graph';
import { meshGraph } from './mesh-graph';
import {
  REQUEST_PATH,
  configMap,
  deployment,
  knativeService,
  meshed,
  namespace,
  object,
  proxy,
  service,
  webhook,
} from './testing/objects';

/** `client → server: about port √`, with the reason where it is not mTLS. */
function edges(objects: readonly PlatformObject[], about?: string): string[] {
  return meshGraph(objects)
    .edges.filter((edge) => about === undefined || edge.about === about)
    .map(inWords);
}

function inWords({ from, to, about, port, security }: MeshEdge): string {
  const name = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
  const mark = security.protection === 'mtls' ? '√' : `${security.protection}: ${security.reason.text}`;
  return `${name(from)} → ${name(to)}: ${about} ${port ?? '?'} ${mark}`;
}

/** The objects, with one of a kind and a name in place of another. */
function replaced(objects: readonly PlatformObject[], by: PlatformObject): PlatformObject[] {
  const { kind, metadata } = by.manifest;
  return objects.map((one) => (one.manifest.kind === kind && one.manifest.metadata.name === metadata.name ? by : one));
}

const without = (objects: readonly PlatformObject[], name: string): PlatformObject[] =>
  objects.filter(({ manifest }) => manifest.metadata.name !== name);

describe('the way of a request', () => {
  test('clients, networking layer, activator, revision, and past the activator', () => {
    expect(edges(REQUEST_PATH, 'requests')).toEqual([
      'clients → gateway: requests 8080 plain: callers outside the cluster have no identity of the mesh',
      'gateway → activator: requests 8012 √',
      'gateway → hello: requests 8012 √',
      'activator → hello: requests 8012 √',
    ]);
  });

  test.each([
    ['nothing is reachable from outside', service('gateway', 'gateway', [{ port: 80 }])],
    ['the Service selects nothing', service('gateway', 'gateway', [{ port: 80 }], { type: 'LoadBalancer', app: 'no' })],
  ])('%s: no way in', (_, gateway) => {
    expect(edges(replaced(REQUEST_PATH, gateway)).filter((edge) => edge.startsWith('clients'))).toEqual([]);
  });

  test('what carries requests is what the platform says, and not whatever else has a LoadBalancer', () => {
    const objects = [
      ...REQUEST_PATH,
      deployment('gateway', 'other'),
      service('gateway', 'other', [{ port: 25 }], { type: 'LoadBalancer' }),
    ];
    const { nodes } = meshGraph(objects, { publicService: { namespace: 'gateway', name: 'gateway', port: 80 } });
    expect(nodes.filter(({ networkingLayer }) => networkingLayer).map(({ name }) => name)).toEqual(['gateway']);
  });

  test('what configures it is asked for configuration, and asks whether that has arrived', () => {
    const objects = [
      ...REQUEST_PATH,
      deployment('knative-serving', 'gateway-controller'),
      service('knative-serving', 'gateway-controller', [{ port: 18000 }]),
    ];
    const { edges: found } = meshGraph(objects, {
      publicService: { namespace: 'gateway', name: 'gateway', port: 80 },
      control: {
        service: { namespace: 'knative-serving', name: 'gateway-controller', port: 18000 },
        probePorts: [8081],
      },
    });
    expect(
      found.map(inWords).filter((edge) => edge.includes('gateway-controller') && edge.includes('configuration')),
    ).toEqual([
      'gateway → gateway-controller: configuration 18000 √',
      'gateway-controller → gateway: whether configuration has arrived 8081 √',
    ]);
  });

  test.each([
    ['-1', ['gateway → activator', 'activator → hello']],
    ['0', ['gateway → activator', 'gateway → hello', 'activator → hello']],
  ])('a burst capacity of %s, the service’s own or the configuration’s', (capacity, expected) => {
    const key = 'autoscaling.knative.dev/target-burst-capacity';
    for (const by of [
      knativeService('default', 'hello', { [key]: capacity }),
      configMap('knative-serving', 'config-autoscaler', { 'target-burst-capacity': capacity }),
    ]) {
      const found = edges(replaced(REQUEST_PATH, by), 'requests').slice(1);
      expect(found.map((edge) => edge.replace(/:.*/, ''))).toEqual(expected);
    }
  });

  test('h2c has ports of its own', () => {
    const service80 = { name: 'http', port: 80, targetPort: 8012 };
    const h2c = { name: 'http2', port: 81, targetPort: 8013 };
    const hello = knativeService('default', 'hello');
    hello.manifest.spec = {
      template: { spec: { containers: [{ image: 'a/b', ports: [{ name: 'h2c', containerPort: 80 }] }] } },
    };
    const activator = service('knative-serving', 'activator-service', [service80, h2c], { app: 'activator' });
    expect(edges(replaced(replaced(REQUEST_PATH, hello), activator), 'requests').slice(1)).toEqual([
      'gateway → activator: requests 8013 √',
      'gateway → hello: requests 8013 √',
      'activator → hello: requests 8013 √',
    ]);
  });

  test('without Serving’s configuration nothing is known of an activator', () => {
    expect(edges(without(REQUEST_PATH, 'config-network'), 'requests').slice(1)).toEqual([
      'gateway → hello: requests 8012 √',
    ]);
  });

  test('the class of Ingresses is Serving’s', () => {
    expect(meshGraph(REQUEST_PATH).ingressClass).toBe('gateway.example.com');
    expect(meshGraph([]).ingressClass).toBeUndefined();
  });
});

test('the autoscaler asks queue-proxy, and the activator tells the autoscaler', () => {
  expect(edges(REQUEST_PATH, 'load of queue-proxy')).toEqual(['autoscaler → hello: load of queue-proxy 9090 √']);
  expect(edges(REQUEST_PATH, 'waiting requests')).toEqual(['activator → autoscaler: waiting requests 8080 √']);
  expect(edges(without(REQUEST_PATH, 'autoscaler'), 'load of queue-proxy')).toEqual([]);
});

test('kubelets end queue-proxy’s requests before a pod stops, and are in no mesh', () => {
  expect(edges(REQUEST_PATH, 'drain hook')).toEqual([
    'kubelet → hello: drain hook 8022 plain: kubelets are not in the mesh',
  ]);
  const outside = knativeService('default', 'hello', { 'linkerd.io/inject': 'disabled' });
  expect(edges(replaced(REQUEST_PATH, outside)).filter((edge) => edge.startsWith('kubelet'))).toEqual([]);
});

describe('probes', () => {
  const probed = (probe: Record<string, string | number>): PlatformObject[] => [
    meshed('a'),
    namespace('b'),
    ...['a', 'b'].map((within) =>
      deployment(within, within, {
        container: {
          ports: [{ name: 'admin', containerPort: 8877 }],
          readinessProbe: { httpGet: probe },
          lifecycle: { preStop: { httpGet: { port: 7000 } } },
        },
      }),
    ),
  ];

  test('are none where there are none, whatever ports there are', () => {
    const ports = [{ containerPort: 8080 }];
    expect(edges([meshed('a'), deployment('a', 'web', { container: { ports } })], 'probes')).toEqual([]);
  });

  test('of meshed pods are plain, whether the port has a number or a name; of others they are not about the mesh', () => {
    for (const port of [8877, 'admin']) {
      expect(edges(probed({ port }))).toEqual([
        'a → control-plane: destination, identity, policy ? √',
        'kubelet → a: probes 8877 plain: kubelets are not in the mesh',
        'kubelet → a: preStop hook 7000 plain: kubelets are not in the mesh',
      ]);
    }
  });

  test('over HTTPS they are TLS, and of a port that is not there nothing is said', () => {
    expect(edges(probed({ port: 8877, scheme: 'HTTPS' }), 'probes')).toEqual([
      'kubelet → a: probes 8877 tls: kubelets are not in the mesh',
    ]);
    expect(edges(probed({ port: 'nowhere' }), 'probes')).toEqual([]);
  });
});

describe('the API server', () => {
  const server = [meshed('a'), deployment('a', 'hook'), service('a', 'hook', [{ port: 443, targetPort: 8443 }])];

  test.each([
    ['webhook', webhook('a', 'hook')],
    [
      'conversion webhook',
      object({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.example.com' },
        spec: { conversion: { webhook: { clientConfig: { service: { namespace: 'a', name: 'hook', port: 443 } } } } },
      }),
    ],
    [
      'API',
      object({
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1.things.example.com' },
        spec: { service: { namespace: 'a', name: 'hook' } },
      }),
    ],
  ])('calls a %s over TLS of its own', (about, configuration) => {
    expect(edges([...server, configuration], about)).toEqual([
      `api-server → hook: ${about} 8443 tls: the API server is not in the mesh`,
    ]);
  });

  test('a webhook at a Service that is not there, or at a URL, is no edge', () => {
    expect(edges([...server, webhook('a', 'other')], 'webhook')).toEqual([]);
    expect(
      edges([...server, webhook('a', 'hook', { clientConfig: { url: 'https://example.com' } })], 'webhook'),
    ).toEqual([]);
  });
});

describe('proxies and the control plane', () => {
  const ADDRESS = 'linkerd-dst.linkerd.svc.cluster.local.:8086';
  const controlPlane = [
    deployment('linkerd', 'identity', {
      spec: { initContainers: [proxy({ LINKERD2_PROXY_DESTINATION_SVC_ADDR: ADDRESS, OTHER: ADDRESS })] },
    }),
    deployment('linkerd', 'destination', {
      spec: { initContainers: [proxy({ LINKERD2_PROXY_DESTINATION_SVC_ADDR: 'localhost.:8086' })] },
    }),
    service('linkerd', 'linkerd-dst', [{ port: 8086 }], { app: 'destination' }),
  ];

  test('each proxy asks where the proxies of the control plane say', () => {
    expect(edges([meshed('a'), deployment('a', 'web'), ...controlPlane])).toEqual([
      'web → destination: destination 8086 √',
      'identity → destination: destination 8086 √',
    ]);
  });

  test('a pod that is not meshed asks nothing', () => {
    expect(edges([namespace('a'), deployment('a', 'web'), ...controlPlane])).toEqual([
      'identity → destination: destination 8086 √',
    ]);
  });

  test('a control plane that is not among the objects is there all the same', () => {
    expect(edges([meshed('a'), deployment('a', 'web')])).toEqual([
      'web → control-plane: destination, identity, policy ? √',
    ]);
  });
});

describe('Prometheus', () => {
  const scraping = (configuration: string, mounted = 'config'): PlatformObject[] => [
    meshed('viz'),
    meshed('a'),
    namespace('b'),
    deployment('viz', 'prometheus', { spec: { volumes: [{ name: 'config', configMap: { name: mounted } }] } }),
    configMap('viz', 'config', { 'prometheus.yml': configuration }),
    deployment('a', 'web', { container: { ports: [{ name: 'metrics', containerPort: 9090 }] } }),
    deployment('b', 'outside', { container: { ports: [{ name: 'metrics', containerPort: 9090 }] } }),
  ];
  const scrapes = (rules: string, discovery = 'role: pod'): string => `
scrape_configs:
  - job_name: local
    static_configs: [{ targets: ['localhost:9090'] }]
  - job_name: pods
    kubernetes_sd_configs: [{ ${discovery} }]
    relabel_configs: [${rules}]
`;
  const port = (regex: string, action = 'keep'): string =>
    `{ source_labels: [__meta_kubernetes_pod_container_port_name], action: ${action}, regex: '${regex}' }`;

  test.each([
    [
      'the admin ports of proxies, which an injected pod has as well',
      port('linkerd-admin'),
      ['prometheus → web: metrics 4191 √'],
    ],
    [
      'named ports of all pods',
      port('met.*'),
      [
        'prometheus → web: metrics 9090 √',
        'prometheus → outside: metrics 9090 plain: what it calls is not in the mesh: the namespace b is without linkerd.io/inject: annotate the namespace with linkerd.io/inject: enabled',
      ],
    ],
    [
      'several labels together',
      `{ source_labels: [__meta_kubernetes_namespace, __meta_kubernetes_pod_label_app], action: keep, regex: a;web }, ${port('linkerd-.*', 'drop')}`,
      ['prometheus → web: metrics 9090 √'],
    ],
    ['nothing that a whole name does not match', port('metric'), []],
    ['nothing where an expression cannot be read', port('('), []],
  ])('scrapes %s', (_, rules, expected) => {
    expect(edges(scraping(scrapes(rules)), 'metrics')).toEqual(expected);
  });

  test('in the namespaces that it looks at', () => {
    const configuration = scrapes(port('metrics'), "role: pod, namespaces: { names: ['b'] }");
    expect(edges(scraping(configuration), 'metrics')).toEqual([expect.stringContaining('prometheus → outside')]);
  });

  test.each([
    ['mounts another ConfigMap', scraping(scrapes(port('metrics')), 'other')],
    ['has a text that is not YAML', scraping('scrape_configs: [')],
    ['looks for nodes', scraping(scrapes(port('metrics'), 'role: node'))],
  ])('that %s scrapes nothing', (_, objects) => {
    expect(edges(objects, 'metrics')).toEqual([]);
  });
});

describe('tap', () => {
  const IDENTITY = 'tap.viz.serviceaccount.identity.linkerd.cluster.local';
  const ENV = 'config.linkerd.io/proxy-additional-env';
  const TAPPABLE = { [ENV]: JSON.stringify([{ name: 'LINKERD2_PROXY_TAP_SVC_NAME', value: IDENTITY }]) };
  const viz = [meshed('viz'), meshed('a'), deployment('viz', 'tap', { spec: { serviceAccountName: 'tap' } })];
  const injector = [
    deployment('viz', 'injector', {
      container: { args: ['injector', `-tap-service-name=${IDENTITY}`] },
      phase: '30-viz',
    }),
    service('viz', 'injector', [{ port: 443, targetPort: 8443 }]),
  ];

  test('reaches the pods whose template allows its identity', () => {
    expect(edges([...viz, deployment('a', 'web', { annotations: TAPPABLE }), deployment('a', 'other')], 'tap')).toEqual(
      ['tap → web: tap 4190 √'],
    );
  });

  test('reaches nobody for an identity that is not its own', () => {
    const annotations = { [ENV]: TAPPABLE[ENV].replace('tap.viz.', 'tap.elsewhere.') };
    expect(edges([...viz, deployment('a', 'web', { annotations })], 'tap')).toEqual([]);
  });

  test('an identity that goes on for long is none, which is told at once', () => {
    const annotations = { [ENV]: TAPPABLE[ENV].replace(IDENTITY, 'a-'.repeat(100_000)) };
    expect(edges([...viz, deployment('a', 'web', { annotations })], 'tap')).toEqual([]);
  });

  test('reaches the pods of later phases that the tap injector covers', () => {
    const hook = webhook('viz', 'injector', {
      namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a'] }] },
    });
    const pods = [
      deployment('a', 'later', { phase: '60-services' }),
      deployment('a', 'earlier', { phase: '20-linkerd' }),
      deployment('a', 'never', { phase: '60-services', annotations: { 'viz.linkerd.io/disable-tap': 'true' } }),
      meshed('c'),
      deployment('c', 'uncovered', { phase: '60-services' }),
    ];
    expect(edges([...viz, ...injector, hook, ...pods], 'tap')).toEqual(['tap → later: tap 4190 √']);
  });
});

describe('addresses of Services', () => {
  const store = [
    meshed('a'),
    deployment('a', 'store'),
    service('a', 'store', [{ name: 'http', port: 9090, targetPort: 9999 }]),
  ];

  test.each([
    ['an argument', { container: { args: ['-url=http://store.a.svc.cluster.local:9090/x'] } }],
    ['a variable', { container: { env: [{ name: 'STORE', value: 'store.a.svc:9090' }] } }],
    ['a ConfigMap', { spec: { volumes: [{ name: 'v', configMap: { name: 'sources' } }] } }],
  ])('in %s lead to its pods', (_, props) => {
    const sources = configMap('a', 'sources', { url: 'https://store.a.svc.cluster.local.:9090' });
    expect(edges([...store, sources, deployment('a', 'web', props)], 'requests')).toEqual([
      'web → store: requests 9999 √',
    ]);
  });

  test.each([
    'store.a:9090',
    'store.a.svc.cluster.local',
    'other.a.svc:9090',
    'store.a.svc:1',
    String.raw`store\.a\.svc:9090`,
  ])('%s leads nowhere', (address) => {
    expect(edges([...store, deployment('a', 'web', { container: { args: [address] } })], 'requests')).toEqual([]);
  });
});

test('nothing of nothing', () => {
  expect(meshGraph([])).toEqual({ namespaces: [], nodes: [], edges: [] });
});

test('ten times the Knative Services are at most eleven times the work', () => {
  const reads = (services: number): number => {
    let count = 0;
    const counted = ({ manifest, ...object }: PlatformObject): PlatformObject => ({
      ...object,
      get manifest() {
        count += 1;
        return manifest;
      },
    });
    const objects = [
      ...REQUEST_PATH,
      ...Array.from({ length: services }, (_, index) => knativeService('default', `service-${index}`)),
    ];
    meshGraph(objects.map(counted));
    return count;
  };
  expect(reads(500)).toBeLessThan(11 * reads(50));
});
