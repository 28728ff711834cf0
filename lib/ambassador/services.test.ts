import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { Phase } from '../objects/phase';
import { POD_LABELS } from './labels';
import { addServices } from './services';
import { at } from '../objects/json';

const declared = (): Manifest[] => {
  const phase = new Phase(new App(), 'networking');
  addServices(phase, { preserveClientAddress: false });
  return collectObjects(phase).map(({ manifest }) => manifest);
};

const service = (name: string): Manifest | undefined => declared().find(({ metadata }) => metadata.name === name);

test('Emissary finds the internal Service by its label and the labels of its pod, and no other', () => {
  const labelled = declared().filter(
    ({ metadata }) => at(metadata.labels, 'app.kubernetes.io/component') === 'ambassador-service',
  );
  expect(labelled.map(({ metadata }) => metadata.name)).toEqual(['ambassador-internal']);
  expect(POD_LABELS).toMatchObject((labelled[0]?.spec as unknown as { selector: object }).selector);
});

test('cluster-local names have a port of their own, which nothing outside the cluster reaches', () => {
  expect(service('ambassador-internal')?.spec).toMatchObject({
    type: 'ClusterIP',
    ports: [{ port: 80, targetPort: 8081 }],
  });
  expect(service('ambassador')?.spec).toMatchObject({ ports: [{ targetPort: 8080 }, { targetPort: 8443 }] });
});

test('the admin Service has the admin port alone', () => {
  expect(service('ambassador-admin')?.spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 8877 }] });
});
