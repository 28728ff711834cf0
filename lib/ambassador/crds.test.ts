import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { inventory } from '../../testing/inventory';
import { testWith, upstreamDir } from '../../testing/requirements';
import { collectObjects } from '../objects/collect';
import type { PlatformObject } from '../objects/manifest';
import { Phase } from '../objects/phase';
import { addCrds } from './crds';

interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: object;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly subresources?: { readonly status?: object };
    }[];
  };
}

const objects = (): PlatformObject[] => {
  const phase = new Phase(new App(), 'crds');
  addCrds(phase);
  return collectObjects(phase);
};

const definitions = (): Crd[] => objects().map(({ manifest }) => manifest as unknown as Crd);

/** What objects of the kind depend on. */
const essence = ({ metadata, spec: { group, scope, names, versions } }: Crd): object => ({
  name: metadata.name,
  group,
  scope,
  names,
  versions: versions.map(({ name, served, storage, subresources }) => ({
    name,
    served,
    storage,
    status: subresources?.status !== undefined,
  })),
});

test('the kinds of getambassador.io', () => {
  expect(inventory(objects())).toMatchSnapshot();
});

testWith('UPSTREAM_DIR')("the definitions are the release's own, but for schemas and columns", () => {
  const text = readFileSync(join(upstreamDir(), 'emissary/4.1.0/crds.yaml'), 'utf8');
  const theirs = parseAllDocuments(text).map((document) => document.toJS() as Crd);
  expect(definitions().map(essence)).toEqual(theirs.map(essence));
});
