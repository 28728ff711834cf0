import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../objects/manifest';
import type { ClusterSides } from './cluster-objects';
import { clusterSides } from './cluster-objects';

const PATH = process.env.PATH ?? '';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  process.env.PATH = `${folder}:${PATH}`;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

/** A cluster in a few lines: it has `live`, adds a default to what is applied, and refuses what is called `refused`. */
const KUBECTL = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/calls', args.join(' ') + '\\n');
const { kinds, live } = JSON.parse(readFileSync(__dirname + '/cluster.json', 'utf8'));
if (args[0] === 'api-resources') { process.stdout.write(kinds); process.exit(0); }
const { items } = JSON.parse(readFileSync(0, 'utf8'));
const of = (one) => live.find(({ kind, metadata }) => kind === one.kind && metadata.name === one.metadata.name);
const print = (found) => process.stdout.write(found.length === 1 ? JSON.stringify(found[0]) : found.length === 0 ? '' : JSON.stringify({ kind: 'List', items: found }));
if (args[0] === 'get') { print(items.flatMap((one) => of(one) ?? [])); process.exit(0); }
if (items.some(({ metadata }) => metadata.name === 'refused')) {
  process.stderr.write('Warning: a\\nError from server (Invalid): error when applying patch:\\n{"data":{"password":"hidden"}}\\nto:\\nfor: "STDIN": error when patching "STDIN": no such thing\\n');
  process.exit(1);
}
print(items.map((one) => ({ ...one, metadata: { ...one.metadata, uid: 'u', resourceVersion: '9', managedFields: [] }, status: { a: 2 }, defaulted: true })));
`;

const KINDS = [
  'configmaps       cm     v1        true   ConfigMap',
  'deployments      deploy apps/v1   true   Deployment',
  'namespaces       ns     v1        false  Namespace',
].join('\n');

const config = (name: string, fields: object = {}, metadata: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  ...fields,
});

function against(live: readonly Manifest[], manifests: readonly Manifest[]): Promise<ClusterSides> {
  writeFileSync(join(folder, 'kubectl'), KUBECTL);
  chmodSync(join(folder, 'kubectl'), 0o755);
  writeFileSync(join(folder, 'cluster.json'), JSON.stringify({ kinds: KINDS, live }));
  return clusterSides(
    manifests.map((manifest) => ({ manifest, file: 'a.yaml' })),
    { context: 'staging', kubeconfig: '/k' },
  );
}

const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const LAST_APPLIED = { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } };
const REACHED = '--request-timeout=60s --context=staging --kubeconfig=/k';

test('what is there, and what a dry run makes of it, without what the API server writes', async () => {
  const there = config('a', { data: { x: '1' }, status: { a: 1 } }, { uid: 'u', resourceVersion: '1', labels: {} });
  const { from, to, refused } = await against([there], [config('a', { data: { x: '2' } }), config('new')]);
  expect(from).toEqual([{ manifest: config('a', { data: { x: '1' } }, { labels: {} }) }]);
  expect(to).toEqual([{ manifest: config('a', { data: { x: '2' }, defaulted: true }) }, { manifest: config('new') }]);
  expect(refused).toEqual([]);
  expect(calls()).toEqual([
    `api-resources --no-headers ${REACHED}`,
    `get --ignore-not-found --filename=- --output=json ${REACHED}`,
    `apply --server-side --force-conflicts --dry-run=server --filename=- --output=json ${REACHED}`,
  ]);
});

test('what kubectl applied itself is asked in the same way', async () => {
  await against([config('a', {}, LAST_APPLIED), config('b')], [config('a'), config('b')]);
  expect(calls().slice(2)).toEqual([
    `apply --openapi-patch=false --dry-run=server --filename=- --output=json ${REACHED}`,
    `apply --server-side --force-conflicts --dry-run=server --filename=- --output=json ${REACHED}`,
  ]);
});

test('kinds that the cluster does not know, and names that it generates, are taken as they are given', async () => {
  const unknown: Manifest = { apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const unnamed: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'a-' } };
  expect(await against([config('a')], [unknown, unnamed])).toEqual({
    from: [],
    to: [{ manifest: unknown }, { manifest: unnamed }],
    refused: [],
  });
  expect(calls()).toHaveLength(1);
});

test('what is refused is found among the others, and the patch that kubectl prints is not repeated', async () => {
  const names = ['a', 'b', 'refused', 'c', 'd'];
  const { from, to, refused } = await against(
    names.map((name) => config(name)),
    names.map((name) => config(name)),
  );
  expect(refused).toEqual([{ object: 'ConfigMap refused', why: 'kubectl apply: no such thing' }]);
  const left = names.filter((name) => name !== 'refused');
  expect(from.map(({ manifest }) => manifest.metadata.name)).toEqual(left);
  expect(to.map(({ manifest }) => manifest.metadata.name)).toEqual(left);
});

test('a cluster that cannot be reached', async () => {
  writeFileSync(
    join(folder, 'kubectl'),
    '#!/bin/sh\necho "E1123 16:00 memcache.go:1] x" >&2\necho "error: no such context" >&2\nexit 1\n',
  );
  chmodSync(join(folder, 'kubectl'), 0o755);
  await expect(clusterSides([], {})).rejects.toThrow(/^kubectl api-resources: no such context$/);
});

test('no kubectl', async () => {
  process.env.PATH = folder;
  await expect(clusterSides([], {})).rejects.toThrow('kubectl is not there: install it, and put it on the PATH');
});
