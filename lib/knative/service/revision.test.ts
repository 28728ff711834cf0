import type { RevisionProps } from './revision';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, saying, warningsWith } from './testing/platform';

test('a revision may be named', () => {
  expect(manifestWith({ revisionName: 'hello-v2' }).spec.template.metadata).toMatchObject({ name: 'hello-v2' });
  expect(mistakesWith({ revisionName: 'hello-v2' })).toEqual([]);
});

it.each([
  [{ revisionName: 'hello-1_2' }, /^revisionName: "hello-1_2" is not a DNS label/],
  [{ revisionName: 'v1' }, 'revisionName: "v1" does not begin with "hello-": write for example "hello-v1"'],
  [{ progressDeadline: '0s' }, 'progressDeadline: "0s" is too short: at least 1s'],
  [{ progressDeadline: '1.5s' }, 'progressDeadline: "1.5s" is not a number of whole seconds'],
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

  it.each([
    [{ automountServiceAccountToken: false }, /^automountServiceAccountToken: .*injector: .*set meshed to false$/],
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

  test('off lets them pass', () => {
    const meshed = false;
    expect(mistakesWith({ meshed, automountServiceAccountToken: false, port: { number: 4143 } })).toEqual([]);
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
