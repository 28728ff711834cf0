import { fullName } from './images';

test.each([
  ['nginx', 'docker.io/library/nginx'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['prom/prometheus:v2', 'docker.io/prom/prometheus:v2'],
  ['cr.l5d.io/linkerd/proxy', 'cr.l5d.io/linkerd/proxy'],
  ['localhost/a', 'localhost/a'],
  ['registry:5000/a', 'registry:5000/a'],
])('%s is %s', (image, name) => {
  expect(fullName(image)).toBe(name);
});
