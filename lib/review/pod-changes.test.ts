import { ObjectIndex } from '../model/object-index';
import type { Json, Manifest } from '../objects/manifest';
import { objectChanges } from './object-changes';
import { podChange } from './pod-changes';

const object = (apiVersion: string, kind: string, spec: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'n' },
  spec,
});
const change = (from?: Manifest, to?: Manifest): unknown =>
  objectChanges(from === undefined ? [] : [{ manifest: from }], to === undefined ? [] : [{ manifest: to }]).changes.map(
    (one) => {
      const pods = podChange(one, new ObjectIndex([]));
      return pods === undefined ? 'no workload' : `${pods.rolls ? 'yes' : 'no'}: ${pods.means}`;
    },
  )[0];

const template = (image: string): Json => ({ template: { spec: { containers: [{ name: 'a', image }] } } });
const labelled: Json = {
  template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'x' }] } },
};
const revised = 'yes: new revision: its pods replace the old ones';

test.each<[string, string, string, Json, Json, string]>([
  ['another image', 'apps/v1', 'Deployment', template('x'), template('y'), 'yes: rolls its pods'],
  ['another label of the pods', 'apps/v1', 'Deployment', template('x'), labelled, 'yes: rolls its pods'],
  ['other replicas', 'apps/v1', 'Deployment', { replicas: 1 }, { replicas: 2 }, 'no: its pods stay'],
  ['a DaemonSet', 'apps/v1', 'DaemonSet', template('x'), template('y'), 'yes: rolls its pods'],
  [
    'a StatefulSet that waits',
    'apps/v1',
    'StatefulSet',
    template('x'),
    { ...(template('y') as object), updateStrategy: { type: 'OnDelete' } },
    'no: each pod when it is deleted',
  ],
  ['a CronJob', 'batch/v1', 'CronJob', { jobTemplate: 1 }, { jobTemplate: 2 }, 'no: from its next run on'],
  ['a Job', 'batch/v1', 'Job', template('x'), template('y'), 'no: refused while the Job is there'],
  ['a Knative Service', 'serving.knative.dev/v1', 'Service', template('x'), template('y'), revised],
  ['its traffic', 'serving.knative.dev/v1', 'Service', { traffic: 1 }, { traffic: 2 }, 'no: its pods stay'],
  ['a Service of Kubernetes', 'v1', 'Service', { type: 'a' }, { type: 'b' }, 'no workload'],
])('%s', (_, apiVersion, kind, from, to, expected) => {
  expect(change(object(apiVersion, kind, from), object(apiVersion, kind, to))).toBe(expected);
});

test('workloads that come and go roll nothing', () => {
  const one = object('apps/v1', 'Deployment', template('x'));
  expect([change(undefined, one), change(one)]).toEqual(['no: new', 'no: gone']);
});

test('a Job whose name is generated is another one each time', () => {
  const job = (image: string): Manifest => ({
    ...object('batch/v1', 'Job', template(image)),
    metadata: { generateName: 'a-', namespace: 'n' },
  });
  expect(change(job('x'), job('y'))).toBe('no: a new one each time: its name is generated');
});
