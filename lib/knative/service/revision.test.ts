import type { RevisionProps } from './revision';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, saying, warningsWith } from './testing/platform';

test('a revision may be named', () => {
  expect(manifestWith({ revisionName: 'hello-v2' }).spec.template.metadata).toMatchObject({ name: 'hello-v2' });
  expect(mistakesWith({ revisionName: 'hello-v2' })).toEqual([]);
});

it.each([
  [{ revisionName: 'hello-1_2' }, /^revisionName: "hello-1_2" is not a DNS label/],
  [
    { revisionName: 'v1' },
    'revisionName: "v1" does not begin with "hello-", the name of the service: call it "hello-v1"',
  ],
  [{ progressDeadline: '0s' }, 'progressDeadline: "0s" is too short: at least 1s'],
  [
    { progressDeadline: '1.5s' },
    'progressDeadline: "1.5s" has parts of a second: write whole seconds, for example "30s"',
  ],
] satisfies [Partial<RevisionProps>, string | RegExp][])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});

test('full duplex is on or off', () => {
  const duplex = (httpFullDuplex: boolean): string | undefined =>
    manifestWith({ httpFullDuplex }).spec.template.metadata.annotations['features.knative.dev/http-full-duplex'];
  expect([duplex(true), duplex(false)]).toEqual(['Enabled', 'Disabled']);
});

describe('the mesh', () => {
  const inject = (props: Partial<RevisionProps>): string | undefined =>
    manifestWith(props).spec.template.metadata.annotations['linkerd.io/inject'];

  test('is on unless it is off', () => {
    expect(inject({})).toBe('enabled');
    expect(inject({ meshed: false })).toBe('disabled');
  });

  test("takes the proxy's configuration", () => {
    expect(manifestWith({ proxy: { cpuRequest: '100m' } }).spec.template.metadata.annotations).toEqual({
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/proxy-cpu-request': '100m',
    });
    expect(mistakesWith({ proxy: { cpuRequest: 'much' } })).toEqual([
      expect.stringMatching(/^proxy\.cpuRequest: "much" is not a quantity/),
    ]);
  });

  describe('scaled by Kubernetes by CPU', () => {
    const HPA = { class: 'hpa.autoscaling.knative.dev' } as const;
    const CPU_REQUEST = 'config.linkerd.io/proxy-cpu-request';
    const request = (props: Partial<RevisionProps>): string | undefined =>
      manifestWith({ scale: HPA, ...props }, { hpaAutoscaler: true }).spec.template.metadata.annotations[CPU_REQUEST];

    test('keeps CPU for the proxy, without which the HPA does not know how much is used', () => {
      expect(request({})).toBe('100m');
      expect(request({ scale: { ...HPA, metric: 'cpu' } })).toBe('100m');
      // Without a target Serving tells it no metric, and it goes by CPU.
      expect(request({ scale: { ...HPA, metric: 'memory' } })).toBe('100m');
    });

    it.each<[string, Partial<RevisionProps>, string | undefined]>([
      ['its own request', { proxy: { cpuRequest: '10m' } }, '10m'],
      ['its own limit, which is the request then', { proxy: { cpuLimit: '50m' } }, undefined],
      ['an annotation', { templateAnnotations: { [CPU_REQUEST]: '20m' } }, '20m'],
      ['no proxy', { meshed: false }, undefined],
      ['another metric', { scale: { ...HPA, metric: 'memory', target: 200 } }, undefined],
      ['another autoscaler', { scale: {} }, undefined],
    ])('not so with %s', (_, props, expected) => {
      expect(request(props)).toBe(expected);
    });

    test.each([{ requestsProxyCpu: true }, { proxy: { cpuRequest: '50m' } }, { proxy: { cpuLimit: '50m' } }])(
      'nor with %j of the platform or the namespace',
      (platform) => {
        const { annotations } = manifestWith({ scale: HPA }, { hpaAutoscaler: true, ...platform }).spec.template
          .metadata;
        expect(annotations).not.toHaveProperty([CPU_REQUEST]);
      },
    );

    test('follows the class of the settings', () => {
      const settings = { autoscaler: { podAutoscalerClass: HPA.class } };
      const { annotations } = manifestWith({}, { hpaAutoscaler: true, settings }).spec.template.metadata;
      expect(annotations[CPU_REQUEST]).toBe('100m');
    });
  });

  it.each([
    [
      { sidecars: [{ name: 'linkerd-proxy', image: 'proxy' }], port: { number: 1 } },
      /^sidecars\[0\]\.name: "linkerd-proxy"/,
    ],
    [{ port: { number: 4143 } }, /^port\.number: 4143 is a port of Linkerd's proxy/],
    [
      { proxy: { cpuLimit: '1' }, templateAnnotations: { 'config.linkerd.io/proxy-cpu-limit': '2' } },
      'templateAnnotations.config.linkerd.io/proxy-cpu-limit: is written by the prop proxy too: remove one of the two',
    ],
  ] satisfies [Partial<RevisionProps>, string | RegExp][])('refuses %j', (props, message) => {
    expect(mistakesWith(props)).toEqual([saying(message)]);
  });

  test('takes a pod without the token of its service account, since the proxy has one of its own', () => {
    expect(mistakesWith({ automountServiceAccountToken: false })).toEqual([]);
  });

  test('off lets them pass', () => {
    const meshed = false;
    expect(mistakesWith({ meshed, port: { number: 4143 } })).toEqual([]);
    expect(warningsWith({ meshed, proxy: { cpuLimit: '1' } })).toEqual([
      'proxy: has no effect with meshed: false: remove one of the two',
    ]);
  });

  test('leaves a pod in the network of its node alone', () => {
    const settings = { features: ALL_FEATURES };
    expect(mistakesWith({ hostNetwork: true }, { settings })).toEqual([
      expect.stringMatching(/^hostNetwork: a pod with true is left alone/),
    ]);
    expect(mistakesWith({ hostNetwork: false }, { settings })).toEqual([]);
  });
});
