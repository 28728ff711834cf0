import { mistakesOf } from '../../objects/mistakes';
import { KnativeService } from './knative-service';
import type { Probes } from './probes';
import { ALL_FEATURES } from './testing/all-props';
import { LEAST, manifestWith, mistakesWith, saying, TestPlatform, warningsWith } from './testing/platform';

test("probes are the container's fields", () => {
  const [container] = manifestWith({
    probes: { readiness: { httpGet: { path: '/ready' } }, liveness: { exec: { command: ['true'] } } },
  }).spec.template.spec.containers;
  expect(container).toMatchObject({
    readinessProbe: { httpGet: { path: '/ready' } },
    livenessProbe: { exec: { command: ['true'] } },
  });
  expect(container).not.toHaveProperty('startupProbe');
});

it.each<[Probes]>([
  [{ readiness: {} }],
  [{ readiness: { successThreshold: 0, httpGet: { port: 0 } } }],
  [{ readiness: { httpGet: {} } }],
  [{ readiness: { grpc: {}, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 } }],
  [{ readiness: { tcpSocket: { port: 'http' } } }],
  [{ liveness: { httpGet: { path: '/' } } }],
  [{ liveness: { tcpSocket: {} } }],
  [{ startup: { httpGet: { port: 8080 } } }],
])('%j is taken', (probes) => {
  expect(mistakesWith({ probes })).toEqual([]);
});

it.each([
  [{ liveness: {} }, 'probes.liveness: has no way to ask: give one of httpGet, tcpSocket, exec, grpc'],
  [{ readiness: { httpGet: {}, grpc: {} } }, /^probes\.readiness: has httpGet and grpc: give one of/],
  [
    { readiness: { timeoutSeconds: 3 } },
    'probes.readiness.timeoutSeconds: 3 needs periodSeconds: set that as well, or leave this out',
  ],
  [
    { readiness: { periodSeconds: 0, failureThreshold: 3 } },
    /^probes\.readiness\.failureThreshold: 3 needs periodSeconds/,
  ],
  [{ readiness: { successThreshold: -1 } }, 'probes.readiness.successThreshold: -1 is negative: write 0 or more'],
  [{ readiness: { periodSeconds: -1 } }, 'probes.readiness.periodSeconds: -1 is negative: write 0 or more'],
  [
    { startup: { exec: { command: ['true'] }, failureThreshold: -1 } },
    /^probes\.startup\.failureThreshold: -1 is negative/,
  ],
  [{ readiness: { initialDelaySeconds: 0.5 } }, /^probes\.readiness\.initialDelaySeconds: 0\.5 is not/],
  [
    { liveness: { tcpSocket: {}, successThreshold: 2 } },
    'probes.liveness.successThreshold: 2 is not 1, which Kubernetes demands: leave it out',
  ],
  [{ readiness: { httpGet: { path: 'ready' } } }, /^probes\.readiness\.httpGet\.path: "ready" does not begin/],
  [{ readiness: { httpGet: { port: 70000 } } }, /^probes\.readiness\.httpGet\.port: 70000 is not a port/],
  [
    { readiness: { httpGet: { port: 'web' } } },
    'probes.readiness.httpGet.port: "web" is not the name of the container\'s port, "http": leave it out, Serving fills it in',
  ],
  [
    { startup: { httpGet: {} } },
    'probes.startup.httpGet.port: is missing: give the number of the port, which Serving does not fill in here',
  ],
  [{ startup: { tcpSocket: { port: 'http' } } }, /^probes\.startup\.tcpSocket\.port: "http" is not the name/],
  [{ liveness: { grpc: {} } }, /^probes\.liveness\.grpc\.port: is missing/],
] satisfies [Probes, string | RegExp][])('%j is refused', (probes, message) => {
  expect(mistakesWith({ probes })).toEqual([saying(message)]);
});

test("a liveness probe's own port counts only where containers are probed each", () => {
  const props = { port: { number: 8080 }, probes: { liveness: { httpGet: { port: 9000 } } } };
  expect(warningsWith(props)).toEqual([
    'probes.liveness.httpGet.port: 9000 is replaced by the container\'s port 8080: leave it out, or set settings.features.multiContainerProbing of the platform to "enabled"',
  ]);
  expect(warningsWith(props, { settings: { features: ALL_FEATURES } })).toEqual([]);
});

test('a sidecar is asked only with the flag, and on a port that is given', () => {
  const sidecars = [{ name: 'side', image: 'side', probes: { readiness: { tcpSocket: {} } } }];
  const props = { port: { number: 8080 }, sidecars };
  expect(mistakesWith(props)).toEqual([
    expect.stringMatching(
      /^sidecars\[0\]\.probes\.readiness: needs the flag multi-container-probing of config-features/,
    ),
    expect.stringMatching(/^sidecars\[0\]\.probes\.readiness\.tcpSocket\.port: is missing/),
  ]);
  const asked = [{ name: 'side', image: 'side', probes: { readiness: { tcpSocket: { port: 9000 } } } }];
  expect(mistakesWith({ ...props, sidecars: asked }, { settings: { features: ALL_FEATURES } })).toEqual([]);
});

describe('where the namespace requires mTLS', () => {
  const required = { mtls: 'required', settings: { features: ALL_FEATURES } } as const;
  const https = { httpGet: { port: 8443, scheme: 'HTTPS' } } as const;
  const grpc = { grpc: { port: 9000 } } as const;
  const refused = (path: string, how: string): string =>
    `${path}: ${how} never passes where the namespace requires mTLS, so the container is restarted again and again: ask by plain HTTP, tcpSocket or exec, or set mtls of the namespace to "permissive"`;

  it.each<[Probes, string]>([
    [{ liveness: grpc }, refused('probes.liveness', 'grpc')],
    [{ startup: grpc }, refused('probes.startup', 'grpc')],
    [{ liveness: https }, refused('probes.liveness', 'scheme "HTTPS"')],
    [{ startup: https }, refused('probes.startup', 'scheme "HTTPS"')],
  ])('%j is refused, which kubelets ask', (probes, message) => {
    expect(mistakesWith({ probes }, required)).toEqual([message]);
    const sidecars = [{ name: 'side', image: 'side', probes }];
    expect(mistakesWith({ port: { number: 8080 }, sidecars }, required)).toEqual([`sidecars[0].${message}`]);
    expect(mistakesWith({ probes, meshed: false }, required)).toEqual([]);
    expect(mistakesWith({ probes }, { ...required, mtls: 'permissive' })).toEqual([]);
  });

  it.each<[Probes]>([
    [{ readiness: grpc, liveness: { exec: { command: ['true'] } } }],
    [{ readiness: https, liveness: { tcpSocket: {} }, startup: { httpGet: { port: 8080, scheme: 'HTTP' } } }],
  ])('%j is taken', (probes) => {
    expect(mistakesWith({ probes }, required)).toEqual([]);
  });

  test('also where it is declared after its services', () => {
    const platform = new TestPlatform();
    const probes = { liveness: grpc };
    const service = new KnativeService(platform.services, 'hello', { ...LEAST, namespace: 'later', probes });
    platform.namespaces.add('later', { mtls: 'required' });
    expect(mistakesOf(service).map(({ message }) => message)).toEqual([refused('probes.liveness', 'grpc')]);
  });
});
