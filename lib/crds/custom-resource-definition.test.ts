import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import type { CustomResourceDefinitionProps } from './custom-resource-definition';
import { CustomResourceDefinition } from './custom-resource-definition';

const manifest = (props: CustomResourceDefinitionProps): unknown => {
  const phase = new Phase(new App(), 'crds');
  new CustomResourceDefinition(phase, props);
  return collectObjects(phase)[0]?.manifest;
};

const LEAST: CustomResourceDefinitionProps = {
  group: 'example.com',
  kind: 'Widget',
  plural: 'widgets',
  versions: [{ name: 'v1' }],
};

const ALL: Required<CustomResourceDefinitionProps> = {
  group: 'example.com',
  kind: 'Series',
  plural: 'serieses',
  singular: 'aseries',
  listKind: 'Serieses',
  shortNames: ['ser'],
  categories: ['all'],
  scope: 'Cluster',
  versions: [
    { name: 'v1alpha1' },
    {
      name: 'v1',
      subresources: { status: {} },
      columns: [
        { name: 'Length', type: 'integer', jsonPath: '.spec.length' },
        { name: 'Title', jsonPath: '.spec.title' },
      ],
      defaults: { 'spec.length': 1 },
    },
  ],
  conversion: { strategy: 'None' },
  labels: { team: 'blue' },
};

test('with the least props', () => {
  expect(manifest(LEAST)).toMatchSnapshot();
});

test('with all props', () => {
  expect(manifest(ALL)).toMatchSnapshot();
});

test('objects are stored as the last version, and all versions are served', () => {
  expect(manifest(ALL)).toMatchObject({
    spec: {
      versions: [
        { name: 'v1alpha1', served: true, storage: false },
        { name: 'v1', served: true, storage: true },
      ],
    },
  });
});
