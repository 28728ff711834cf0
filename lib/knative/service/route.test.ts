import type { RouteProps } from './route';
import { manifestWith, mistakesWith, saying, warningsWith } from './testing/platform';

const limit = { effect: 'it cannot', remedy: 'do without' };

test("what is said of requests stands in the service's metadata", () => {
  const { metadata, spec } = manifestWith({
    visibility: 'cluster-local',
    rolloutDuration: '2m',
    httpProtocol: 'enabled',
    disableExternalDomainTls: false,
  });
  expect(metadata).toEqual({
    name: 'hello',
    namespace: 'default',
    labels: { 'networking.knative.dev/visibility': 'cluster-local' },
    annotations: {
      'serving.knative.dev/rollout-duration': '2m',
      'networking.knative.dev/http-protocol': 'enabled',
      'networking.knative.dev/disable-external-domain-tls': 'false',
    },
  });
  expect(spec.template.metadata).toEqual({ annotations: { 'linkerd.io/inject': 'enabled' } });
});

it.each([
  [
    { rolloutDuration: '1.5s' },
    'rolloutDuration: "1.5s" has parts of a second: write whole seconds, for example "30s"',
  ],
  [
    { visibility: 'public' as 'cluster-local' },
    'visibility: "public" is not "cluster-local", the one value that counts, so the service is public: write that, or leave it out',
  ],
  [{ httpProtocol: 'disabled' as 'enabled' }, 'httpProtocol: "disabled" is none of "enabled", "redirected"'],
] satisfies [RouteProps, string | RegExp][])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});

test('requests move step by step only with a networking layer that splits them', () => {
  const limits = { trafficSplit: limit };
  expect(mistakesWith({ rolloutDuration: '60s' })).toEqual([]);
  expect(mistakesWith({ rolloutDuration: '0s' }, { limits })).toEqual([]);
  expect(mistakesWith({ rolloutDuration: '60s' }, { limits })).toEqual([
    'rolloutDuration: "60s" splits requests over revisions: with layer, it cannot: do without',
  ]);
});

test('options for TLS that the networking layer ignores are warned of', () => {
  const props: RouteProps = { httpProtocol: 'redirected', disableExternalDomainTls: true };
  expect(warningsWith(props, { limits: { tls: limit } })).toEqual([
    'httpProtocol: "redirected" has no effect: with layer, it cannot: do without',
    'disableExternalDomainTls: true has no effect: with layer, it cannot: do without',
  ]);
});
