import type { Probes } from './probes';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, warningsWith, saying } from './testing/platform';

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
    'probes.readiness.timeoutSeconds: 3 needs periodSeconds: set that as well, or leave both out',
  ],
  [
    { readiness: { periodSeconds: 0, failureThreshold: 3 } },
    /^probes\.readiness\.failureThreshold: 3 needs periodSeconds/,
  ],
  [{ readiness: { successThreshold: 0 } }, /^probes\.readiness\.successThreshold: 0 is not a whole number from 1 to/],
  [{ readiness: { periodSeconds: -1 } }, /^probes\.readiness\.periodSeconds: -1 is not a whole number from 0 to/],
  [{ readiness: { initialDelaySeconds: 0.5 } }, /^probes\.readiness\.initialDelaySeconds: 0\.5 is not/],
  [
    { liveness: { tcpSocket: {}, successThreshold: 2 } },
    'probes.liveness.successThreshold: 2 is not 1, which Kubernetes demands: leave it out',
  ],
  [{ readiness: { httpGet: { path: 'ready' } } }, /^probes\.readiness\.httpGet\.path: "ready" does not begin/],
  [{ readiness: { httpGet: { port: 0 } } }, /^probes\.readiness\.httpGet\.port: 0 is not a port/],
  [
    { readiness: { httpGet: { port: 'web' } } },
    'probes.readiness.httpGet.port: "web" is not the name of a port that the pod has: give the number',
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
    expect.stringMatching(/^sidecars\[0\]\.probes: needs multi-container-probing of config-features/),
    expect.stringMatching(/^sidecars\[0\]\.probes\.readiness\.tcpSocket\.port: is missing/),
  ]);
  const asked = [{ name: 'side', image: 'side', probes: { readiness: { tcpSocket: { port: 9000 } } } }];
  expect(mistakesWith({ ...props, sidecars: asked }, { settings: { features: ALL_FEATURES } })).toEqual([]);
});
