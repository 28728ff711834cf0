import { imageName, linkerdImage, registryProblem } from './images';

test('an image keeps its path and its version in another registry', () => {
  expect(linkerdImage('proxy')).toBe('cr.l5d.io/linkerd/proxy:edge-26.8.3');
  expect(linkerdImage('proxy', 'localhost:5000/mirror')).toBe('localhost:5000/mirror/linkerd/proxy:edge-26.8.3');
  expect(imageName('debug')).toBe('cr.l5d.io/linkerd/debug');
});

test.each(['registry.example.com', 'localhost:5000', 'registry.example.com/a/b'])('%s is a registry', (registry) => {
  expect(registryProblem(registry)).toBeUndefined();
});

test.each(['', 'https://registry.example.com', 'registry.example.com/', 'a b', 'registry.example.com/A'])(
  '%j is no registry',
  (registry) => {
    expect(registryProblem(registry)).toMatch(/ is not a registry: write for example /);
  },
);
