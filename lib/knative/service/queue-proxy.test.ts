import { manifestWith, mistakesWith, saying } from './testing/platform';

test('settings are annotations of the template', () => {
  const { annotations } = manifestWith({ queueProxy: { cpuRequest: '50m', memoryLimit: '1Gi' } }).spec.template
    .metadata;
  expect(annotations).toMatchObject({
    'queue.sidecar.serving.knative.dev/cpu-resource-request': '50m',
    'queue.sidecar.serving.knative.dev/memory-resource-limit': '1Gi',
  });
});

it.each([
  [{ cpuRequest: 'much' }, /^queueProxy\.cpuRequest: "much" is not a quantity/],
  [{ cpuRequest: '2', cpuLimit: '1' }, /^queueProxy\.cpuRequest: "2" is more than the limit "1"/],
  [
    { mountPodInfo: true } as const,
    /^queueProxy\.mountPodInfo: needs the flag queueproxy\.mount-podinfo of config-features/,
  ],
])('%j is refused', (queueProxy, message) => {
  expect(mistakesWith({ queueProxy })).toEqual([saying(message)]);
});

test('pod info is asked for where it is allowed', () => {
  const settings = { features: { queueproxyMountPodinfo: 'allowed' } } as const;
  expect(mistakesWith({ queueProxy: { mountPodInfo: true } }, { settings })).toEqual([]);
});
