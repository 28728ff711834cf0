import type { PodSecurityContext, SecurityContext } from '../../../imports/serving.knative.dev';
import { ALL_FEATURES } from './testing/all-props';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('contexts are written as they are given', () => {
  const securityContext: SecurityContext = { runAsNonRoot: true, capabilities: { drop: ['ALL'] } };
  const podSecurityContext: PodSecurityContext = { fsGroup: 2000 };
  const { containers, securityContext: pod } = manifestWith({ securityContext, podSecurityContext }).spec.template.spec;
  expect(containers[0]).toMatchObject({ securityContext });
  expect(pod).toEqual(podSecurityContext);
  expect(mistakesWith({ securityContext })).toEqual([]);
});

it.each([
  [{ runAsUser: -1 }, /^securityContext\.runAsUser: -1 is not a whole number from 0 to 2147483647$/],
  [{ runAsGroup: 2 ** 31 }, /^securityContext\.runAsGroup: 2147483648 is not/],
  [{ seccompProfile: { type: 'Localhost' } }, /^securityContext\.seccompProfile\.localhostProfile: is missing/],
  [
    { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'p' } },
    /^securityContext\.seccompProfile\.localhostProfile: does not go with the type RuntimeDefault/,
  ],
  [
    { capabilities: { add: ['NET_BIND_SERVICE'] } },
    /^securityContext\.capabilities\.add: needs the flag kubernetes\.containerspec-addcapabilities of config-features/,
  ],
] satisfies [SecurityContext, RegExp][])('of a container, %j is refused', (securityContext, message) => {
  expect(mistakesWith({ securityContext })).toEqual([saying(message)]);
});

it.each([
  [{ fsGroup: -1 }, /^podSecurityContext\.fsGroup: -1 is not/],
  [{ supplementalGroups: [1, -2] }, /^podSecurityContext\.supplementalGroups\[1\]: -2 is not/],
  [{ seccompProfile: { type: 'Localhost' } }, /^podSecurityContext\.seccompProfile\.localhostProfile: is missing/],
] satisfies [PodSecurityContext, RegExp][])('of a pod, %j is refused', (podSecurityContext, message) => {
  expect(mistakesWith({ podSecurityContext }, { settings: { features: ALL_FEATURES } })).toEqual([saying(message)]);
});

test('secure-pod-defaults lets some pass without their own flags', () => {
  const settings = { features: { securePodDefaults: 'AllowRootBounded' } } as const;
  expect(mistakesWith({ securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } }, { settings })).toEqual([]);
  expect(mistakesWith({ securityContext: { capabilities: { add: ['NET_RAW'] } } }, { settings })).toHaveLength(1);
  expect(mistakesWith({ podSecurityContext: { seccompProfile: { type: 'Unconfined' } } }, { settings })).toEqual([]);
  expect(mistakesWith({ podSecurityContext: { runAsNonRoot: true } }, { settings })).toHaveLength(1);
});
