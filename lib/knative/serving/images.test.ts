import { imageReferenceProblem } from '../../syntax/image-reference';
import type { ServingProgram } from './images';
import { SERVING_IMAGES, imageRegistryProblem, servingImage } from './images';

const PROGRAMS = Object.keys(SERVING_IMAGES) as ServingProgram[];

test.each(PROGRAMS)('the image of %s is named by its digest', (program) => {
  expect(imageReferenceProblem(SERVING_IMAGES[program])).toBeUndefined();
  expect(SERVING_IMAGES[program]).toMatch(/@sha256:[0-9a-f]{64}$/);
});

test.each(PROGRAMS)('the image of %s keeps its path and digest in another registry', (program) => {
  const [, path = ''] = /^gcr\.io(\/.*)$/.exec(SERVING_IMAGES[program]) ?? [];
  expect(servingImage(program, 'registry.example.com:5000/mirror')).toBe(`registry.example.com:5000/mirror${path}`);
});

test.each(['localhost/mirror', 'localhost:5000', 'registry.example.com', '10.0.0.1:5000/a/b'])(
  '%s is a registry',
  (registry) => {
    expect(imageRegistryProblem(registry)).toBeUndefined();
  },
);

test.each([
  '',
  'mirror',
  'registry.example.com/',
  'https://registry.example.com',
  'registry.example.com/a b',
  'registry.example.com/a:tag',
  'a.example/b@sha256',
])('%j is not a registry', (registry) => {
  expect(imageRegistryProblem(registry)).toBe(
    `${JSON.stringify(registry)} is not a registry: write its host and where needed a port and a path, for example "registry.example.com/gcr"`,
  );
});
