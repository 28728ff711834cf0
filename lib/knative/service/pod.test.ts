import type { KnativeServiceProps } from './knative-service';
import { ALL_PROPS } from './testing/all-props';
import { manifestWith, mistakesWith, saying } from './testing/platform';

/** Props that need a flag, the flag, and its name in the settings. */
const FLAGGED = [
  ['affinity', 'kubernetes.podspec-affinity', 'kubernetesPodspecAffinity'],
  ['nodeSelector', 'kubernetes.podspec-nodeselector', 'kubernetesPodspecNodeselector'],
  ['tolerations', 'kubernetes.podspec-tolerations', 'kubernetesPodspecTolerations'],
  [
    'topologySpreadConstraints',
    'kubernetes.podspec-topologyspreadconstraints',
    'kubernetesPodspecTopologyspreadconstraints',
  ],
  ['priorityClassName', 'kubernetes.podspec-priorityclassname', 'kubernetesPodspecPriorityclassname'],
  ['runtimeClassName', 'kubernetes.podspec-runtimeclassname', 'kubernetesPodspecRuntimeclassname'],
  ['schedulerName', 'kubernetes.podspec-schedulername', 'kubernetesPodspecSchedulername'],
  ['dnsPolicy', 'kubernetes.podspec-dnspolicy', 'kubernetesPodspecDnspolicy'],
  ['dnsConfig', 'kubernetes.podspec-dnsconfig', 'kubernetesPodspecDnsconfig'],
  ['hostAliases', 'kubernetes.podspec-hostaliases', 'kubernetesPodspecHostaliases'],
  ['hostNetwork', 'kubernetes.podspec-hostnetwork', 'kubernetesPodspecHostnetwork'],
  ['hostIPC', 'kubernetes.podspec-hostipc', 'kubernetesPodspecHostipc'],
  ['hostPID', 'kubernetes.podspec-hostpid', 'kubernetesPodspecHostpid'],
  ['shareProcessNamespace', 'kubernetes.podspec-shareprocessnamespace', 'kubernetesPodspecShareprocessnamespace'],
  ['podSecurityContext', 'kubernetes.podspec-securitycontext', 'kubernetesPodspecSecuritycontext'],
] as const satisfies readonly (readonly [keyof KnativeServiceProps, string, string])[];

describe.each(FLAGGED)('%s', (prop, key, flag) => {
  const props = { meshed: false, [prop]: ALL_PROPS[prop] };

  test(`needs ${key}`, () => {
    expect(mistakesWith(props)).toEqual([
      `${prop}: needs the flag ${key} of config-features, which is "disabled": set settings.features.${flag} of the platform to "enabled", or remove this`,
    ]);
  });

  test.each(['enabled', 'allowed'] as const)('passes where that is %s', (state) => {
    expect(mistakesWith(props, { settings: { features: { [flag]: state } } })).toEqual([]);
  });

  test('is written as it is', () => {
    const field = prop === 'podSecurityContext' ? 'securityContext' : prop;
    expect(manifestWith(props).spec.template.spec[field]).toEqual(ALL_PROPS[prop]);
  });
});

test('what Serving always takes is written', () => {
  const { spec } = manifestWith({
    serviceAccountName: 'robot',
    imagePullSecrets: ['one', 'two'],
    enableServiceLinks: false,
  }).spec.template;
  expect(spec).toMatchObject({
    serviceAccountName: 'robot',
    imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
    enableServiceLinks: false,
  });
});

it.each([
  [{ serviceAccountName: 'Robot' }, /^serviceAccountName: "Robot" is not a DNS name/],
  [{ imagePullSecrets: ['ok', 'not ok'] }, /^imagePullSecrets\[1\]: "not ok" is not a DNS name/],
])('%j is refused', (props, message) => {
  expect(mistakesWith(props)).toEqual([saying(message)]);
});
