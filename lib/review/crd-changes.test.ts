import type { Json, Manifest } from '../objects/manifest';
import { crdChanges } from './crd-changes';
import { objectChanges } from './object-changes';

const version = (name: string, fields: object = {}): Json => ({ name, served: true, storage: true, ...fields });
const crd = (versions: Json[], spec: object = {}): Manifest => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'hosts.example.com' },
  spec: { scope: 'Namespaced', names: { kind: 'Host', plural: 'hosts' }, versions, ...spec },
});
const said = (from: Manifest[], to: Manifest[]): string[] =>
  objectChanges(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  ).changes.flatMap((change) =>
    crdChanges(change).map(({ where, breaking, what }) => `${breaking ? '! ' : ''}${where}: ${what}`),
  );

const schema = (properties: object): object => ({ schema: { openAPIV3Schema: { properties } } });
const old = version('v1beta1', { storage: false });
test.each<[string, Manifest[], Manifest[], string[]]>([
  ['new', [], [crd([version('v1'), old])], [': new: v1, v1beta1']],
  ['removed', [crd([version('v1')])], [], ['! : removed: with it, all of its objects are deleted']],
  ['a version removed', [crd([version('v1'), old])], [crd([version('v1')])], ['! v1beta1: version removed']],
  ['a version added', [crd([version('v1')])], [crd([version('v1'), old])], ['v1beta1: version added']],
  [
    'no longer served',
    [crd([version('v1'), old])],
    [crd([version('v1'), version('v1beta1', { storage: false, served: false })])],
    ['! v1beta1: no longer served'],
  ],
  ['served', [crd([version('v1', { served: false })])], [crd([version('v1')])], ['v1: served']],
  ['deprecated', [crd([version('v1')])], [crd([version('v1', { deprecated: true })])], ['v1: deprecated']],
  [
    'stored otherwise',
    [crd([version('v1'), old])],
    [crd([version('v1', { storage: false }), version('v1beta1')])],
    ['! : storage version v1 → v1beta1: stored objects must be migrated before the old one can go'],
  ],
  ['another scope', [crd([])], [crd([], { scope: 'Cluster' })], ['! : scope: Namespaced → Cluster']],
  [
    'another kind',
    [crd([])],
    [crd([], { names: { kind: 'Mapping', plural: 'hosts' } })],
    ['! : names.kind: Host → Mapping'],
  ],
  [
    'a field removed',
    [crd([version('v1', schema({ spec: { properties: { a: {} } } }))])],
    [crd([version('v1', schema({ spec: { properties: {} } }))])],
    ['! v1 spec.a: removed'],
  ],
  ['short names alone', [crd([])], [crd([], { names: { kind: 'Host', plural: 'hosts', shortNames: ['h'] } })], []],
])('%s', (_, from, to, expected) => {
  expect(said(from, to)).toEqual(expected);
});
