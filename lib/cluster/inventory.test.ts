import * as fc from 'fast-check';
import type { Manifest } from '../objects/manifest';
import { objectKey } from '../objects/manifest';
import { ClusterInventory, inventoryObjects, readInventory, referenceOf, staleObjects } from './inventory';
import { FakeKubectl } from './testing/fake-kubectl';
import { configMap, object } from './testing/objects';

const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9:.]{0,20}[a-z0-9])?$/);
const manifest = fc
  .record({
    group: fc.constantFrom('', 'apps/', 'serving.knative.dev/'),
    kind: fc.constantFrom('ConfigMap', 'Service', 'ClusterRole'),
    namespace: fc.option(name, { nil: undefined }),
    name,
  })
  .map(({ group, kind, namespace, name }) => object(`${group}v1`, kind, name, namespace));

test('a key says again what it was made of', () => {
  fc.assert(
    fc.property(manifest, (one) => {
      const { group, kind, namespace, name } = referenceOf(objectKey(one));
      expect(object(`${group === '' ? '' : `${group}/`}v1`, kind, name, namespace)).toEqual(one);
    }),
  );
});

test('whatever is written in however many parts is read back', () => {
  const keys = fc.uniqueArray(manifest.map(objectKey), { maxLength: 60 });
  fc.assert(
    fc.property(keys, keys, fc.integer({ min: 64, max: 400 }), (one, another, most) => {
      const parts = [...inventoryObjects('60-services', one, most), ...inventoryObjects('10-crds', another, most)];
      for (const { data } of parts) expect((data as { objects: string }).objects.length).toBeLessThanOrEqual(most);
      expect(new Set(parts.map(({ metadata }) => metadata.name)).size).toBe(parts.length);
      expect(readInventory(parts)).toEqual(
        new Map([
          ['10-crds', [...another].sort()],
          ['60-services', [...one].sort()],
        ]),
      );
    }),
  );
});

test('ten thousand services are recorded in parts of at most half a mebibyte', () => {
  const services = Array.from({ length: 10_000 }, (_, index) =>
    objectKey(
      object('serving.knative.dev/v1', 'Service', `a-service-with-a-name-of-some-length-${index}`, 'a-namespace'),
    ),
  );
  const parts = inventoryObjects('60-services', services);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(600 * 1024);
  expect(readInventory(parts).get('60-services')).toHaveLength(10_000);
});

test('objects that are no longer rendered are stale, wherever they are rendered now', () => {
  const inventory = new Map([
    ['40-knative-config', ['ConfigMap default/moved', 'ConfigMap default/gone']],
    ['60-services', ['ConfigMap default/there']],
  ]);
  expect(staleObjects(inventory, [configMap('moved'), configMap('there')])).toEqual(
    new Map([['40-knative-config', ['ConfigMap default/gone']]]),
  );
});

describe('in a cluster', () => {
  const [part] = inventoryObjects('60-services', ['ConfigMap default/a']) as [Manifest];
  const second = { ...part, metadata: { ...part.metadata, name: `${part.metadata.name ?? ''}-1` } };
  let fake: FakeKubectl;
  afterEach(() => {
    fake.remove();
  });
  const read = (...parts: Manifest[]): Promise<ClusterInventory> => {
    fake = new FakeKubectl(`if (args[0] === 'get') list(${JSON.stringify(parts)});`);
    return ClusterInventory.read(fake.kubectl);
  };
  const written = (): string[] =>
    fake.calls
      .slice(1)
      .map(({ args, objects }) => `${args[0] ?? ''} ${objects.map(({ metadata }) => metadata.name).join(' ')}`);

  test('what is as it was is not written', async () => {
    const inventory = await read(part);
    await inventory.write('60-services', ['ConfigMap default/a']);
    expect(written()).toEqual([]);
  });

  test('parts that are too many go, after the others are written', async () => {
    const inventory = await read(part, second);
    await inventory.write('60-services', ['ConfigMap default/b']);
    expect(written()).toEqual(['apply knitmesh-inventory-60-services', 'delete knitmesh-inventory-60-services-1']);
    expect(inventory.phases).toEqual(new Map([['60-services', ['ConfigMap default/b']]]));
  });

  test('of a phase without objects nothing is left', async () => {
    const inventory = await read(part);
    await inventory.write('60-services', []);
    expect(written()).toEqual(['delete knitmesh-inventory-60-services']);
    expect(inventory.phases).toEqual(new Map());
  });
});
