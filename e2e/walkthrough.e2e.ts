import { apply, callHook, eventually, get, kubectl, phases } from './cluster';

interface Deployments {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly replicas: number };
    readonly status: { readonly availableReplicas?: number };
  }[];
}

interface KnativeService {
  readonly status?: {
    readonly url?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

const MINUTES = 60_000;

test('the API server is one that Knative Serving 1.23 takes', () => {
  const { serverVersion } = JSON.parse(kubectl('version', '--output=json')) as { serverVersion: { minor: string } };
  expect(parseInt(serverVersion.minor, 10)).toBeGreaterThanOrEqual(34);
});

test.each(phases())(
  '%s is applied',
  async (phase) => {
    await eventually(
      90,
      () => apply(phase),
      ({ done }) => done,
    );
    callHook(phase);
  },
  5 * MINUTES,
);

test.each(['knative-serving', 'ambassador'])(
  'every Deployment of %s is available',
  async (namespace) => {
    await eventually(
      120,
      () => (get('deployments', '--namespace', namespace) as Deployments).items,
      (items) => items.length > 0 && items.every(({ spec, status }) => status.availableReplicas === spec.replicas),
    );
  },
  5 * MINUTES,
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
  5 * MINUTES,
);

test(
  'applying all of it again is taken at once',
  () => {
    expect(phases().filter((phase) => !apply(phase).done)).toEqual([]);
  },
  5 * MINUTES,
);
