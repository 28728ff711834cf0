import type { Json, Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import { crdsLeftAlone, missingVersions } from './crd-schemas';
import type { LiveObjects } from '../live';
import { configMap, object, rendered } from '../testing/objects';

const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const WHOLE = {
  type: 'object',
  properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
};
const crd = (schema: object, group = 'example.com', versions = ['v1']): Manifest => ({
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `things.${group}`),
  spec: {
    group,
    versions: versions.map((name) => ({ name, served: true, schema: { openAPIV3Schema: schema } })),
  } as Json,
});
const live = (...all: Manifest[]): LiveObjects => new Map(all.map((one) => [objectKey(one), one]));
const left = (own: Manifest, there: LiveObjects, recorded: string[] = []): string[] =>
  crdsLeftAlone([rendered(own)], there, new Map([['10-crds', recorded]])).map(({ why }) => why);

test.each<[string, Manifest, LiveObjects, number]>([
  ['one without a schema leaves one with a schema', crd(OPEN), live(crd(WHOLE)), 1],
  ['one with a schema replaces one without', crd(WHOLE), live(crd(OPEN)), 0],
  ['one with a schema replaces one with another', crd(WHOLE), live(crd({ type: 'object' })), 0],
  ['one without replaces one without', crd(OPEN), live(crd(OPEN)), 0],
  ['what is not there is made', crd(OPEN), live(), 0],
  [
    "Gateway API's are left, whatever they look like",
    crd(WHOLE, 'gateway.networking.k8s.io'),
    live(crd(OPEN, 'gateway.networking.k8s.io')),
    1,
  ],
  ["Gateway API's are made where there are none", crd(OPEN, 'gateway.networking.k8s.io'), live(), 0],
  ['other kinds are none of its business', configMap('a'), live(configMap('a')), 0],
])('%s', (_, own, there, count) => {
  expect(left(own, there)).toHaveLength(count);
});

test('a version that the one in the cluster does not serve is told', () => {
  const there = live(crd(WHOLE, 'example.com', ['v1alpha1']));
  const [one] = crdsLeftAlone([rendered(crd(OPEN, 'example.com', ['v1alpha1', 'v1']))], there, new Map());
  expect(one && missingVersions(one, there)).toEqual(['v1']);
});

test("Gateway API's are the platform's own as long as nobody puts real ones in their place", () => {
  const group = 'gateway.networking.k8s.io';
  const recorded = [objectKey(crd(OPEN, group))];
  expect(left(crd(OPEN, group), live(crd(OPEN, group)), recorded)).toEqual([]);
  expect(left(crd(OPEN, group), live(crd(WHOLE, group)), recorded)).toHaveLength(1);
});
