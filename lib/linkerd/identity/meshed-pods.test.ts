import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testWith } from '../../../testing/requirements';
import { toYaml } from '../../render/yaml';
import { TRUST_ROOT_ANNOTATION, trustRootSha256 } from '../trust-root';
import { hasTrustRoot, issuerOf, meshedPods } from './meshed-pods';
import { TemporaryIdentity } from './testing/temporary-identity';

const APP = { name: 'app', image: 'app' };
const LINKERD_PROXY = { name: 'linkerd-proxy', image: 'proxy' };
const PROXY = { containers: [APP, LINKERD_PROXY] };
const NATIVE_SIDECAR = { initContainers: [{ name: 'linkerd-init', image: 'init' }, LINKERD_PROXY], containers: [APP] };
const NO_PROXY = { containers: [APP, { name: 'linkerd-proxy-of-mine', image: 'app' }] };

/** What an API server answers, by path. */
const ANSWERS: Readonly<Record<string, object>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: ['pods', 'secrets'].map((name) => ({
      name,
      singularName: name.slice(0, -1),
      namespaced: true,
      kind: name === 'pods' ? 'Pod' : 'Secret',
      verbs: ['get', 'list'],
    })),
  },
  '/api/v1/pods': {
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: {},
    items: [
      pod('a', 'Running', { [TRUST_ROOT_ANNOTATION]: '12ab' }, 'ReplicaSet'),
      pod('alone', 'Pending', { [TRUST_ROOT_ANNOTATION]: '34cd' }, undefined, NATIVE_SIDECAR),
      pod('without-sum', 'Running', {}, 'ReplicaSet'),
      pod('identity', 'Running', { [TRUST_ROOT_ANNOTATION]: '12ab' }, 'ReplicaSet', NATIVE_SIDECAR, {
        'linkerd.io/control-plane-component': 'identity',
      }),
      pod('done', 'Succeeded', { [TRUST_ROOT_ANNOTATION]: '56ef' }, 'Job'),
      pod('unmeshed', 'Running', {}, 'ReplicaSet', NO_PROXY),
      pod('no-proxy-yet', 'Running', { [TRUST_ROOT_ANNOTATION]: '78ab' }, 'ReplicaSet', NO_PROXY),
    ],
  },
  '/api/v1/namespaces/linkerd/secrets/linkerd-identity-issuer': {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { name: 'linkerd-identity-issuer', namespace: 'linkerd' },
    data: { 'tls.crt': Buffer.from('certificate\n').toString('base64') },
  },
};

function pod(
  name: string,
  phase: string,
  annotations: Record<string, string>,
  owner?: string,
  containers: object = PROXY,
  labels: Record<string, string> = {},
): object {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace: 'default',
      annotations,
      labels,
      ...(owner !== undefined && { ownerReferences: [{ apiVersion: 'apps/v1', kind: owner, name, uid: '1' }] }),
    },
    spec: containers,
    status: { phase },
  };
}

let server: Server;
let folder: TemporaryIdentity;
let kubeconfig: string;
beforeEach(async () => {
  server = createServer(({ url = '' }, response) => {
    const answer = ANSWERS[url.replace(/\?.*/, '')];
    response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  folder = new TemporaryIdentity();
  kubeconfig = folder.path('kubeconfig');
  folder.write(
    'kubeconfig',
    toYaml({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
      users: [{ name: 'u', user: {} }],
    }),
  );
});
afterEach(() => {
  server.close();
  folder.remove();
});

testWith('kubectl')('what the real kubectl says of pods with a proxy that have not ended', async () => {
  expect(await meshedPods({ kubeconfig, context: 'here' })).toEqual([
    { namespace: 'default', name: 'a', owner: 'ReplicaSet', component: '', trustRoot: '12ab' },
    { namespace: 'default', name: 'alone', owner: '', component: '', trustRoot: '34cd' },
    { namespace: 'default', name: 'without-sum', owner: 'ReplicaSet', component: '', trustRoot: '' },
    { namespace: 'default', name: 'identity', owner: 'ReplicaSet', component: 'identity', trustRoot: '12ab' },
  ]);
});

testWith('kubectl')('the issuer of the cluster', async () => {
  expect(await issuerOf({ kubeconfig, context: 'here' })).toBe('certificate\n');
});

testWith('kubectl')('a context that is not there is told in the words of kubectl', async () => {
  await expect(meshedPods({ kubeconfig, context: 'there' })).rejects.toThrow(
    /^the cluster cannot be asked: kubectl get: .*there/,
  );
});

test('the sum of the chart and that of the injector are of the same trust anchors', () => {
  const of = (trustRoot: string) => ({ namespace: 'default', name: 'a', owner: '', component: '', trustRoot });
  expect(hasTrustRoot(of(trustRootSha256('abc\n')), 'abc\n')).toBe(true);
  // echo -n abc | sha256sum
  expect(hasTrustRoot(of('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'), 'abc\n')).toBe(true);
  expect(hasTrustRoot(of(trustRootSha256('abcd\n')), 'abc\n')).toBe(false);
});
