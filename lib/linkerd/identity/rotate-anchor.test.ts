import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { trustRootSha256 } from '../trust-root';
import { certificatesIn, fingerprint, isSignedBy } from './certificate';
import { newAuthority } from './issue';
import { DEFAULT_LIFETIMES } from './make-identity';
import type { Cluster } from '../../kubectl/kubectl';
import { readIdentity } from './identity-folders';
import type { RotationStep } from './rotate-anchor';
import { rotateAnchor, rotationOf } from './rotate-anchor';
import type { FakeCluster } from './testing/fake-kubectl';
import { fakeKubectl } from './testing/fake-kubectl';
import { daysLater, NOW, TemporaryIdentity } from './testing/temporary-identity';

let identity: TemporaryIdentity;
beforeEach(async () => {
  identity = await TemporaryIdentity.made();
});
afterEach(() => {
  identity.remove();
});

const rotate = async (step: RotationStep, cluster?: Cluster, now = NOW): Promise<readonly string[]> => {
  const change = await rotateAnchor(step, { folders: identity, lifetimes: DEFAULT_LIFETIMES, cluster, now });
  identity.apply(change);
  return change.next;
};
const anchors = (): string[] => certificatesIn(identity.read('certs/trust-anchors.pem')).map(fingerprint);
const rotation = () => rotationOf(readIdentity(identity));
const isOf = (index: number): boolean => {
  const [issuer] = certificatesIn(identity.read('certs/issuer.pem'));
  const anchor = certificatesIn(identity.read('certs/trust-anchors.pem'))[index];
  return issuer !== undefined && anchor !== undefined && isSignedBy(issuer, anchor);
};

test("three steps, the issuer's anchor first in each bundle", async () => {
  const [old] = anchors();
  expect(rotation()).toBe('settled');

  await rotate('add');
  const [first, fresh] = anchors();
  expect([first, rotation(), isOf(0)]).toEqual([old, 'added', true]);

  await rotate('switch');
  expect([anchors(), rotation(), isOf(0)]).toEqual([[fresh, old], 'switched', true]);

  await rotate('remove');
  expect([anchors(), rotation(), isOf(0)]).toEqual([[fresh], 'settled', true]);

  await rotate('add', undefined, daysLater(1));
  expect([anchors()[0], rotation()]).toEqual([fresh, 'added']);
});

test('every step changes the sum that pods carry', async () => {
  const sums = [trustRootSha256(identity.read('certs/trust-anchors.pem'))];
  for (const step of ['add', 'switch', 'remove'] as const) {
    await rotate(step);
    sums.push(trustRootSha256(identity.read('certs/trust-anchors.pem')));
  }
  expect(new Set(sums).size).toBe(4);
});

test('each step says what comes next', async () => {
  const said = [];
  for (const step of ['add', 'switch', 'remove'] as const) said.push({ step, next: await rotate(step) });
  expect(said).toMatchSnapshot();
});

test.each([
  [
    'switch',
    /^--step switch: is not the next one \(one trust anchor, no rotation under way\): npm run certs -- rotate-anchor --step add$/,
  ],
  ['remove', /^--step remove: is not the next one \(.*\): npm run certs -- rotate-anchor --step add$/],
] as const)('%s is not the first step', async (step, message) => {
  await expect(rotate(step)).rejects.toThrow(message);
});

test('no step is taken twice', async () => {
  await rotate('add');
  await expect(rotate('add')).rejects.toThrow(/rotate-anchor --step switch$/);
  await rotate('switch');
  await expect(rotate('switch')).rejects.toThrow(/rotate-anchor --step remove$/);
});

test('a rotation is between two anchors', async () => {
  const more = [1, 2].map((day) =>
    newAuthority('root.linkerd.cluster.local', { from: daysLater(day), to: daysLater(99) }, 1),
  );
  const texts = (await Promise.all(more)).map(({ certificate }) => certificate);
  identity.write('certs/trust-anchors.pem', `${identity.read('certs/trust-anchors.pem')}${texts.join('')}`);
  await expect(rotate('add')).rejects.toThrow(
    /^certs\/trust-anchors\.pem: holds 3 trust anchors, and a rotation is between two: /,
  );
});

test('the key of the new anchor is needed to switch', async () => {
  await rotate('add');
  const old = identity.read('secrets/linkerd-identity-issuer.yaml');
  identity.delete('secrets/keys');
  await expect(rotate('switch')).rejects.toThrow(/^secrets\/keys: the key of root\.linkerd\.cluster\.local \(SHA-256 /);
  expect(identity.read('secrets/linkerd-identity-issuer.yaml')).toBe(old);
});

describe('with a cluster', () => {
  const cluster = (answers: FakeCluster) => fakeKubectl(identity.path('bin'), answers);
  const pod = (namespace: string, name: string, trustRoot: string, owner = 'ReplicaSet') => ({
    namespace,
    name,
    owner,
    trustRoot,
  });
  const identityPod = (trustRoot: string) => ({
    ...pod('linkerd', 'linkerd-identity-1', trustRoot),
    component: 'identity',
  });
  const issuer = (): string => identity.read('certs/issuer.pem');
  const injected = (): string =>
    createHash('sha256').update(identity.read('certs/trust-anchors.pem').trim()).digest('hex');
  const rendered = (): string => trustRootSha256(identity.read('certs/trust-anchors.pem'));

  test('a step is refused while pods carry another sum, and says what to restart', async () => {
    const old = injected();
    await rotate('add');
    const { program } = cluster({
      pods: [
        identityPod(old),
        pod('default', 'helloworld-go-1', old),
        pod('default', 'helloworld-go-2', old),
        pod('default', 'fresh-1', injected()),
        pod('data', 'db-0', old, 'StatefulSet'),
        pod('data', 'logs-x', old, 'DaemonSet'),
        pod('data', 'report-x', old, 'Job'),
        pod('data', 'alone', old, ''),
        { ...pod('data', 'done', old, 'Job'), phase: 'Succeeded' },
        { ...pod('data', 'unmeshed', ''), containers: ['app'] },
        pod('other', 'without-sum', ''),
      ],
      issuer: issuer(),
    });
    const before = anchors();
    const refused = rotate('switch', { program });
    await expect(refused).rejects.toThrow();
    const message = await refused.catch((error: unknown) => (error as Error).message);
    expect(message).toMatchInlineSnapshot(`
     "linkerd/linkerd-identity-1: does not carry the sum of the rendered trust anchors: apply dist/, and wait for kubectl rollout status deployment --namespace linkerd
     data/alone: does not carry the sum of the rendered trust anchors: make the pods anew
     data/logs-x: does not carry the sum of the rendered trust anchors: kubectl rollout restart daemonset --namespace data
     data/report-x: does not carry the sum of the rendered trust anchors: wait for the jobs, or delete the pods
     data/db-0: does not carry the sum of the rendered trust anchors: kubectl rollout restart statefulset --namespace data
     default/helloworld-go-1 and 1 more: does not carry the sum of the rendered trust anchors: kubectl rollout restart deployment --namespace default
     other/without-sum: does not carry the sum of the rendered trust anchors: kubectl rollout restart deployment --namespace other"
    `);
    expect(anchors()).toEqual(before);
  });

  test('a step is taken when all pods carry the sum, with the line break of the chart or without', async () => {
    await rotate('add');
    const { program, asked } = cluster({
      pods: [identityPod(rendered()), pod('default', 'a', injected())],
      issuer: issuer(),
    });
    await rotate('switch', { program, kubeconfig: '/dev/null', context: 'kind-knitmesh' });
    expect(rotation()).toBe('switched');
    expect(readFileSync(asked, 'utf8')).toMatch(
      /^get pods --all-namespaces [^]* --context=kind-knitmesh --kubeconfig=\/dev\/null\n/,
    );
  });

  test('the old anchor stays while the cluster has the old issuer', async () => {
    const old = identity.read('certs/issuer.pem');
    await rotate('add');
    await rotate('switch');
    const { program } = cluster({ pods: [identityPod(injected())], issuer: old });
    await expect(rotate('remove', { program })).rejects.toThrow(
      /^Secret linkerd\/linkerd-identity-issuer: is not the issuer of issuer\.pem: kubectl apply -f secrets\/linkerd-identity-issuer\.yaml/,
    );
    cluster({ pods: [identityPod(injected())], issuer: issuer() });
    await rotate('remove', { program });
    expect(rotation()).toBe('settled');
  });

  test.each([
    ['no pods at all', () => []],
    ['no pods with a proxy', () => [{ ...identityPod(injected()), containers: ['identity'] }]],
    ['no pod of the identity service', () => [pod('default', 'a', injected())]],
    ['one that has ended', () => [{ ...identityPod(injected()), phase: 'Failed' }]],
    ['one of another namespace', () => [{ ...identityPod(injected()), namespace: 'default' }]],
  ])('a cluster with %s is not the one of the mesh', async (_, pods) => {
    const noLinkerd =
      /^namespace linkerd: has no pod of linkerd-identity with a proxy, so that there is no Linkerd in this cluster: name the right one with --context, or use --offline$/;
    for (const step of ['add', 'switch', 'remove'] as const) {
      const { program } = cluster({ pods: pods(), issuer: issuer() });
      await expect(rotate(step, { program })).rejects.toThrow(noLinkerd);
      await rotate(step);
    }
  });

  test('no step is taken while the cluster has another issuer', async () => {
    const { certificate } = await newAuthority('other', { from: NOW, to: daysLater(9) }, 0);
    for (const step of ['add', 'switch', 'remove'] as const) {
      const { program } = cluster({ pods: [identityPod(injected())], issuer: certificate });
      await expect(rotate(step, { program })).rejects.toThrow(
        /^Secret linkerd\/linkerd-identity-issuer: is not the issuer of issuer\.pem: /,
      );
      await rotate(step);
    }
  });

  test('no kubectl, and a cluster that does not answer', async () => {
    await expect(rotate('add', { program: identity.path('none') })).rejects.toThrow(
      /none is not there: install it, and put it on the PATH$/,
    );
    const { program } = cluster({ pods: [] });
    identity.write('bin/kubectl', '#!/bin/sh\necho connecting >&2\necho "The server was not reached" >&2\nexit 1\n');
    await expect(rotate('add', { program })).rejects.toThrow(
      'the cluster cannot be asked: kubectl get: The server was not reached',
    );
    expect(rotation()).toBe('settled');
  });
});
