import type { Outcome } from './cluster';
import { callHook, driftOf, eventually, get, kubectl, refuseUsedCluster, tryKubectl } from './cluster';
import { applyPlatform } from './platform';
import { Project } from './project';

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas: number };
  readonly status: { readonly availableReplicas?: number };
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly initContainers?: readonly { readonly name: string }[] };
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

interface KnativeService {
  readonly status?: {
    readonly url?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

const MINUTES = 60_000;
const MESHED = ['ambassador', 'default', 'knative-serving', 'linkerd-viz'];

const list = (kind: string, namespace: string): readonly unknown[] =>
  (get(kind, '--namespace', namespace) as { items: readonly unknown[] }).items;

let project: Project;
beforeAll(() => {
  refuseUsedCluster();
  project = new Project();
}, MINUTES);
afterAll(() => {
  project.remove();
});

test('the API server is one that Knative Serving 1.23 takes', () => {
  const { serverVersion } = JSON.parse(kubectl('version', '--output=json')) as { serverVersion: { minor: string } };
  expect(parseInt(serverVersion.minor, 10)).toBeGreaterThanOrEqual(34);
});

test(
  'plain kubectl, repeated, takes everything in at most 3 passes',
  async () => {
    const passes = await applyPlatform(project);
    console.log(passes.map(({ done }, pass) => `pass ${pass + 1}: ${done ? 'all taken' : 'repeat'}`).join('\n'));
    expect(passes.at(-1)).toMatchObject({ done: true });
  },
  6 * MINUTES,
);

test.each(['linkerd', 'linkerd-viz', 'knative-serving', 'ambassador'])(
  'every Deployment of %s is available',
  async (namespace) => {
    await eventually(
      120,
      () => list('deployments', namespace) as readonly Deployment[],
      (all) => all.length > 0 && all.every(({ spec, status }) => status.availableReplicas === spec.replicas),
    );
  },
  3 * MINUTES,
);

test(
  'helloworld-go becomes Ready with its URL',
  async () => {
    const { status } = await eventually(
      120,
      () => get('services.serving.knative.dev', 'helloworld-go', '--namespace', 'default') as KnativeService,
      ({ status }) => (status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True'),
    );
    expect(status?.url).toBe('http://helloworld-go.default.example.com');
  },
  3 * MINUTES,
);

test.each(MESHED)('every pod of %s was born with the proxy, is Ready and was never restarted', (namespace) => {
  const pods = list('pods', namespace) as readonly Pod[];
  expect(pods).not.toEqual([]);
  for (const { metadata, spec, status } of pods) {
    const ready = status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
    const restarts = status.containerStatuses?.reduce((sum, { restartCount }) => sum + restartCount, 0);
    const meshed = spec.initContainers?.some(({ name }) => name === 'linkerd-proxy');
    expect({ pod: metadata.name, meshed, ready, restarts }).toEqual({
      pod: metadata.name,
      meshed: true,
      ready: true,
      restarts: 0,
    });
  }
});

test(
  'nothing has drifted: kubectl diff finds no difference',
  async () => {
    expect(await driftOf(project.dist)).toEqual([]);
  },
  MINUTES,
);

/** Creates a pod that does nothing, and says what became of it. */
function createPod(namespace: string): Outcome {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'probe-', namespace, labels: { e2e: 'probe' } },
    spec: { containers: [{ name: 'probe', image: 'registry.example.com/probe:1' }] },
  };
  return tryKubectl(['create', '--output=json', '--filename', '-'], JSON.stringify(pod));
}

describe('while no injector answers', () => {
  const injectors = ['--namespace', 'linkerd', 'deployment/linkerd-proxy-injector'];
  const addresses = (): readonly unknown[] =>
    (
      get(
        'endpointslices',
        '--namespace',
        'linkerd',
        '--selector',
        'kubernetes.io/service-name=linkerd-proxy-injector',
      ) as {
        items: readonly { readonly endpoints: readonly unknown[] | null }[];
      }
    ).items.flatMap(({ endpoints }) => endpoints ?? []);
  beforeAll(async () => {
    kubectl('scale', '--replicas=0', ...injectors);
    await eventually(60, addresses, (all) => all.length === 0);
    callHook('without-injector');
    kubectl('create', 'namespace', 'unknown-to-the-platform');
  }, 2 * MINUTES);

  afterAll(async () => {
    kubectl('scale', '--replicas=2', ...injectors);
    await eventually(60, addresses, (all) => all.length === 2);
    callHook('20-linkerd');
    for (const namespace of ['kube-system', 'linkerd', 'default']) {
      kubectl('delete', 'pods', '--namespace', namespace, '--selector', 'e2e=probe', '--wait=false');
    }
    kubectl('delete', 'namespace', 'unknown-to-the-platform', '--wait=false');
  }, 2 * MINUTES);

  test.each(MESHED)('no pod of %s is created', (namespace) => {
    const { done, output } = createPod(namespace);
    expect(output).toContain('failed calling webhook "pods.linkerd-proxy-injector.linkerd.io"');
    expect(done).toBe(false);
  });

  test.each(['linkerd', 'kube-system', 'unknown-to-the-platform'])('pods of %s are', (namespace) => {
    expect(createPod(namespace).done).toBe(true);
  });
});

test(
  'pods are created again, meshed, once injectors answer',
  async () => {
    const created = await eventually(
      60,
      () => createPod('default'),
      ({ done }) => done,
    );
    const { spec } = JSON.parse(created.output) as Pod;
    expect(spec.initContainers?.map(({ name }) => name)).toContain('linkerd-proxy');
    kubectl('delete', 'pods', '--namespace', 'default', '--selector', 'e2e=probe', '--wait=false');
  },
  MINUTES,
);
