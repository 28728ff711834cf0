import { resourceRequirements, resourceValues } from './resources';

test('a container has what is given, and nothing where nothing is', () => {
  expect(resourceRequirements({})).toEqual({});
  expect(resourceRequirements({ cpuLimit: '1' })).toEqual({ resources: { limits: { cpu: '1' } } });
  expect(resourceRequirements({ cpuRequest: '1', memoryRequest: '1Mi', memoryLimit: '2Mi' })).toEqual({
    resources: { requests: { cpu: '1', memory: '1Mi' }, limits: { memory: '2Mi' } },
  });
});

test("Linkerd's values have all of them", () => {
  expect(resourceValues({ memoryLimit: '2Mi' })).toEqual({
    cpu: { limit: '', request: '' },
    memory: { limit: '2Mi', request: '' },
  });
});
