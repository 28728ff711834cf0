import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { testWith, upstreamDir } from '../../../testing/requirements';
import { mistakesOf } from '../../objects/mistakes';
import { KnativeService } from './knative-service';
import { ALL_FEATURES, ALL_PROPS } from './testing/all-props';
import { manifestWith, TestPlatform } from './testing/platform';

/** The paths of the CRD's schema, or their beginnings, that no service of the platform has, and why. */
const EXCLUDED: Readonly<Record<string, string>> = {
  status: 'the cluster writes it',
  'spec.template.metadata.finalizers[]': 'Serving does not hand it on to revisions',
  'spec.template.metadata.namespace': "a revision is in its service's namespace",
  'spec.template.spec.containers[].ports[].protocol': 'TCP is the only one, and what is taken where none is given',
  'spec.traffic[].configurationName': 'refused in a service, whose configuration is its own',
  'spec.traffic[].url': 'refused in a spec: it is for the status alone',
};

/** As much of a schema as there is to walk. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

interface CustomResourceDefinition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

function serviceSchema(): Schema {
  const file = join(upstreamDir(), 'knative-serving', '1.23.0', 'serving-crds.yaml');
  const crds = parseAllDocuments(readFileSync(file, 'utf8')).map(
    (document) => document.toJS() as CustomResourceDefinition | null,
  );
  const crd = crds.find((candidate) => candidate?.metadata.name === 'services.serving.knative.dev');
  const version = crd?.spec.versions.find(({ name }) => name === 'v1');
  if (version === undefined) throw new Error(`${file} does not define the Knative Service`);
  return version.schema.openAPIV3Schema;
}

/** The leaves of a schema, each with the values that stand there. A value is looked up as the schema is walked, so that free keys match. */
function leaves(schema: Schema, values: readonly unknown[], path = ''): [string, readonly unknown[]][] {
  const { properties, items, additionalProperties } = schema;
  const inMappings = (pick: (value: object) => readonly unknown[]): readonly unknown[] =>
    values.flatMap((value) => (typeof value === 'object' && value !== null ? pick(value) : []));
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([key, property]) =>
      leaves(
        property,
        inMappings((value) => (key in value ? [value[key as keyof typeof value]] : [])),
        path === '' ? key : `${path}.${key}`,
      ),
    );
  }
  if (items !== undefined) return leaves(items, values.flat(), `${path}[]`);
  if (typeof additionalProperties === 'object') {
    return leaves(additionalProperties, inMappings(Object.values), `${path}.*`);
  }
  return [[path, values]];
}

testWith('UPSTREAM_DIR')("each field of the CRD's schema can be written, or is excluded with a reason", () => {
  const found = leaves(serviceSchema(), [manifestWith(ALL_PROPS)]);
  const reason = (path: string): string | undefined => Object.keys(EXCLUDED).find((prefix) => path.startsWith(prefix));
  const missing = found.filter(([, values]) => values.length === 0).map(([path]) => path);
  expect(found.length).toBeGreaterThan(150);
  expect(missing.filter((path) => reason(path) === undefined)).toEqual([]);
  expect(Object.keys(EXCLUDED).filter((prefix) => !missing.some((path) => path.startsWith(prefix)))).toEqual([]);
});

test('the service that has all fields is none that would be refused', () => {
  const platform = new TestPlatform({ settings: { features: ALL_FEATURES } });
  platform.namespaces.add('team-a');
  expect(mistakesOf(new KnativeService(platform.services, 'everything', ALL_PROPS))).toEqual([]);
});
