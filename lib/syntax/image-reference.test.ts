import { imageReferenceProblem } from './image-reference';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

it.each([
  'hello',
  'hello:1',
  'Registry.example.com/shop',
  'REGISTRY:5000/shop',
  'docker.io/cpretzer/helloworld-go',
  'localhost:5000/a/b_c/d--e:v1.2-rc_3',
  `gcr.io/knative-samples/hello@${DIGEST}`,
  `registry.example.com:443/app:1.0@${DIGEST}`,
  '[2001:db8::1]:5000/app',
])('%s is an image', (image) => {
  expect(imageReferenceProblem(image)).toBeUndefined();
});

it.each([
  '',
  'hello world',
  ' hello',
  'Hello',
  'MyOrg/shop:1',
  'registry.example.com/App',
  'hello:',
  'hello:-1',
  `hello:${'x'.repeat(129)}`,
  'hello@sha256:abc',
  'https://registry.example.com/app',
  'a//b',
  '/a',
  'hello\n',
])('%j is not an image', (image) => {
  expect(imageReferenceProblem(image)).toBe(
    `${JSON.stringify(image)} is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces`,
  );
});

test('a long text that is nearly an image is refused in no time', () => {
  expect(imageReferenceProblem(`${'a-'.repeat(50_000)}!`)).toBeDefined();
  expect(imageReferenceProblem(`${'a.'.repeat(50_000)}/!`)).toBeDefined();
});
