import type { Manifest } from '../objects/manifest';
import { objectKey } from '../objects/manifest';
import { liveObjects } from './live';
import { FakeKubectl } from './testing/fake-kubectl';
import { configMap, object } from './testing/objects';

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

test('what is there, by its key; no more of an object than its name is sent', async () => {
  fake = new FakeKubectl(`list(objects.slice(0, 1));`);
  const filled: Manifest = { ...configMap('a'), data: { a: 'b' } };
  const live = await liveObjects(fake.kubectl, [filled, configMap('b')]);
  expect([...live.keys()]).toEqual(['ConfigMap default/a']);
  expect(fake.calls[0]?.objects).toEqual([configMap('a'), configMap('b')]);
});

test('of a kind that the cluster does not know nothing is there', async () => {
  fake = new FakeKubectl(
    `list(objects.slice(0, 1)); fail('error: unable to recognize no matches for kind "Foo" in version "foo.io/v1"');`,
  );
  const live = await liveObjects(fake.kubectl, [configMap('a'), object('foo.io/v1', 'Foo', 'f')]);
  expect([...live.keys()]).toEqual(['ConfigMap default/a']);
});

test('a cluster that is not there is none where nothing is', async () => {
  fake = new FakeKubectl(`fail('Unable to connect to the server: EOF');`);
  await expect(liveObjects(fake.kubectl, [configMap('a')])).rejects.toThrow('kubectl get: Unable to connect');
});

test('of many all are asked for at once, and what was not asked for is left out', async () => {
  const many = Array.from({ length: 51 }, (_, index) => object('serving.knative.dev/v1', 'Service', `s${index}`, 'n'));
  fake = new FakeKubectl(
    `list(${JSON.stringify([...many.slice(0, 2), object('serving.knative.dev/v1', 'Service', 'other', 'n')])});`,
  );
  const live = await liveObjects(fake.kubectl, many);
  expect([...live.keys()]).toEqual(many.slice(0, 2).map(objectKey));
  expect(fake.calls.map(({ args }) => args.slice(0, 4))).toEqual([
    ['get', 'Service.v1.serving.knative.dev', '--namespace', 'n'],
  ]);
});
