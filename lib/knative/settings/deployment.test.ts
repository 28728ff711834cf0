import type { DeploymentSettings } from './deployment';
import { deploymentSettings } from './deployment';

it.each<[DeploymentSettings, string]>([
  [
    { queueSidecarImage: 'queue proxy' },
    'queueSidecarImage: "queue proxy" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
  ],
  [
    { registriesSkippingTagResolving: ['kind.local', 'https://x'] },
    'registriesSkippingTagResolving: "https://x" is not a registry: write for example "registry.example.com" or "localhost:5000"',
  ],
  [{ digestResolutionTimeout: '0s' }, 'digestResolutionTimeout: "0s" is too short: it must be more than 0s'],
  [{ progressDeadline: '0s' }, 'progressDeadline: "0s" is too short: it must be more than 0s'],
  [{ progressDeadline: '90.5s' }, 'progressDeadline: "90.5s" is not a number of whole seconds'],
  [{ progressDeadline: '9999999h' }, 'progressDeadline: "9999999h" is too long: at most 9223372036s'],
  [
    { queueSidecarCpuRequest: '' },
    'queueSidecarCpuRequest: "" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { queueSidecarCpuLimit: '10m' },
    'queueSidecarCpuRequest: "25m" is more than queueSidecarCpuLimit, "10m": lower it or raise the limit',
  ],
  [
    { queueSidecarMemoryRequest: '2Gi', queueSidecarMemoryLimit: '1Gi' },
    'queueSidecarMemoryRequest: "2Gi" is more than queueSidecarMemoryLimit, "1Gi": lower it or raise the limit',
  ],
  [
    { queueSidecarEphemeralStorageRequest: '2Gi', queueSidecarEphemeralStorageLimit: '1Gi' },
    'queueSidecarEphemeralStorageRequest: "2Gi" is more than queueSidecarEphemeralStorageLimit, "1Gi": lower it or raise the limit',
  ],
  [
    { queueSidecarTokenAudiences: ['a,b'] },
    'queueSidecarTokenAudiences: "a,b" has a blank or a comma in it: write one audience an item',
  ],
  [
    { queueSidecarRootca: 'MAo=' },
    'queueSidecarRootca: "MAo=" is not a certificate: write it as PEM, from "-----BEGIN CERTIFICATE-----" on',
  ],
  [{ queueSidecarTlsMinVersion: '1.1' as '1.2' }, 'queueSidecarTlsMinVersion: "1.1" is none of "1.2", "1.3"'],
  [
    { queueSidecarTlsMaxVersion: '1.2' },
    'queueSidecarTlsMaxVersion: "1.2" is older than queueSidecarTlsMinVersion, "1.3": set that to "1.2"',
  ],
  [
    { queueSidecarTlsCurvePreferences: ['P256' as 'CurveP256'] },
    'queueSidecarTlsCurvePreferences: "P256" is none of "X25519MLKEM768", "X25519", "CurveP256", "CurveP384", "CurveP521"',
  ],
  [
    { defaultAffinityType: 'spread' as 'none' },
    'defaultAffinityType: "spread" is none of "none", "prefer-spread-revision-over-nodes"',
  ],
  [
    { runtimeClassName: { '': {} } },
    `runtimeClassName: "" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    { runtimeClassName: { kata: { selector: { 'a b': 'c' } } } },
    'runtimeClassName: "a b" is not the key of a label: write for example "app" or "app.kubernetes.io/name"',
  ],
])('%j is refused', (settings, problem) => {
  expect(deploymentSettings.problems(settings)).toEqual([problem]);
});

it('takes none but the cipher suites of TLS 1.2 that Go takes for safe', () => {
  const problems = deploymentSettings.problems({ queueSidecarTlsCipherSuites: ['TLS_AES_128_GCM_SHA256' as never] });
  expect(problems).toEqual([
    expect.stringMatching('^queueSidecarTlsCipherSuites: "TLS_AES_128_GCM_SHA256" is none of "TLS_'),
  ]);
});
