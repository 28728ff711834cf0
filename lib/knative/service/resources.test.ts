import type { Resources } from '../../../imports/serving.knative.dev';
import { manifestWith, mistakesWith, saying } from './testing/platform';

test('resources are written as they are given', () => {
  const resources: Resources = {
    requests: { cpu: '500m', memory: '64Mi', 'example.com/gpu': 1 },
    limits: { cpu: 1, memory: '64Mi', 'example.com/gpu': 1, 'hugepages-2Mi': '4Mi', 'ephemeral-storage': '1G' },
  };
  expect(manifestWith({ resources }).spec.template.spec.containers[0]).toMatchObject({ resources });
  expect(mistakesWith({ resources })).toEqual([]);
});

it.each([
  [{ requests: { cpu: 'lots' } }, /^resources\.requests\.cpu: "lots" is not a quantity/],
  [{ limits: { memory: -1 } }, /^resources\.limits\.memory: "-1" is not a quantity/],
  [{ limits: { mem: '1Gi' } }, /^resources\.limits\.mem: "mem" is not a resource: use cpu, memory/],
  [{ requests: { memroy: '1Gi' } }, 'resources.requests.memroy: "memroy" is not a resource: did you mean "memory"?'],
  [
    { requests: { memory: '1Gi' }, limits: { memory: '1000Mi' } },
    'resources.requests.memory: "1Gi" is more than the limit "1000Mi": lower it, or raise the limit',
  ],
] satisfies [Resources, string | RegExp][])('%j is refused', (resources, message) => {
  expect(mistakesWith({ resources })).toEqual([saying(message)]);
});
