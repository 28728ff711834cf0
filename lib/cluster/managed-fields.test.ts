import type { Manifest } from '../objects/manifest';
import { appliedState, isOurs } from './managed-fields';
import { configMap, managedBy } from './testing/objects';

test.each([
  [['kubectl'], true],
  [['kubectl-client-side-apply'], true],
  [['helm', 'kubectl'], true],
  [['helm'], false],
  [['kubectl-create', 'kubectl-edit'], false],
  [[], false],
])('what %j have a hand in is ours: %s', (managers, ours) => {
  expect(isOurs(managedBy(configMap('a'), ...managers))).toBe(ours);
});

const FIELDS = {
  'f:metadata': { 'f:labels': { 'f:app': {} }, 'f:finalizers': { 'v:"a/b"': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:args': {},
    'f:numbers': { 'i:1': {} },
    'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:name': {} } },
  },
};
const spec = {
  replicas: 3,
  paused: false,
  args: ['a', 'b'],
  numbers: [1, 2],
  ports: [
    { containerPort: 80, protocol: 'UDP', name: 'other' },
    { containerPort: 80, protocol: 'TCP', name: 'http' },
  ],
};
const entry = { manager: 'kubectl', operation: 'Apply', time: '2026-11-25T09:00:00Z', fieldsV1: FIELDS };
const live = (change: object = {}, { entries = [entry] as object[], ...metadata }: Record<string, unknown> = {}) =>
  appliedState({
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 'a', uid: 'u1', labels: { app: 'a' }, finalizers: ['a/b'], ...metadata, managedFields: entries },
    spec: { ...spec, ...change },
  } as unknown as Manifest);

test.each([
  ['another manager', live({}, { entries: [{ ...entry, manager: 'controller', operation: 'Update' }, entry] })],
  ['the time alone, which moves with the order of managers', live({}, { entries: [{ ...entry, time: 'later' }] })],
  ['a field of others', live({ paused: true })],
  ['a label of others', live({}, { labels: { app: 'a', other: 'b' } })],
  ['a finalizer of others', live({}, { finalizers: ['c/d', 'a/b'] })],
  ["a list's item of others", live({ ports: [spec.ports[1]] })],
  ['a field of others in our item', live({ ports: [{ ...spec.ports[1], hostPort: 8080 }] })],
  ['a number of others', live({ numbers: [0, 2] })],
])('what others change leaves the state as it is: %s', (_, state) => {
  expect(state).toBe(live());
});

test.each([
  ['another object of the name', live({}, { uid: 'u2' })],
  ['fewer fields', live({}, { entries: [{ ...entry, fieldsV1: {} }] })],
  ['none at all', live({}, { entries: [] })],
  ['a value', live({ replicas: 2 })],
  ['a value that is gone', live({ replicas: undefined })],
  ['a label', live({}, { labels: { app: 'b' } })],
  ['a finalizer', live({}, { finalizers: [] })],
  ['the order of a list that is one value', live({ args: ['b', 'a'] })],
  ["a value of a list's item", live({ ports: [{ ...spec.ports[1], name: 'web' }] })],
  ["a list's item that is gone", live({ ports: [spec.ports[0]] })],
  ['a number', live({ numbers: [1, 3] })],
])('what is applied changes it: %s', (_, state) => {
  expect(state).not.toBe(live());
});
