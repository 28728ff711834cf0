import { notMeshed } from '../check/rules/not-meshed';
import { proxies } from '../cluster/verify/checks/proxies';
import { Rendered } from '../cluster/verify/rendered';
import { FakeCluster } from '../cluster/verify/testing/fake-cluster';
import { problems, rendered } from '../cluster/verify/testing/verify-main';
import type { Json, PlatformObject } from '../objects/manifest';
import { meshGraph } from './connections/mesh-graph';
import { deployment, meshed, namespace, object, proxy } from './connections/testing/objects';
import { ObjectIndex } from './object-index';

const INJECT = 'linkerd.io/inject';
const ENABLED = { [INJECT]: 'enabled' };
const CALLED_THE_SAME = { name: 'linkerd-proxy', image: 'registry.example.com/mine:1' };

const withMetadata = (one: PlatformObject, metadata: Record<string, Json>): PlatformObject => ({
  ...one,
  manifest: { ...one.manifest, metadata: { ...one.manifest.metadata, ...metadata } },
});

const job = object({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'web', namespace: 'a' },
  spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] } } },
});

/** The webhooks of the injector as the platform has them. */
const INJECTOR = rendered.objects.filter(({ manifest }) => manifest.kind === 'MutatingWebhookConfiguration');

describe('a label by which the release leaves pods alone', () => {
  const labelled = (name: string): PlatformObject =>
    deployment(name, 'web', { labels: { 'linkerd.io/control-plane-component': 'web' } });

  test.each<[string, readonly PlatformObject[], boolean]>([
    ['of a namespace that the platform meshes', [...INJECTOR, meshed('default'), labelled('default')], true],
    ['of another one', [...INJECTOR, meshed('a'), labelled('a')], false],
    ['where the injector is installed by other means', [meshed('default'), labelled('default')], false],
  ])('%s', (_, objects, expected) => {
    expect(notMeshed.check(new ObjectIndex(objects), {}).length === 0).toBe(expected);
    expect(meshGraph(objects).nodes.find(({ name }) => name === 'web')?.meshed).toBe(expected);
  });
});

describe.each<[string, readonly PlatformObject[]]>([
  ['with the injector that the platform has', INJECTOR],
  ['with an injector that is installed by other means', []],
])('%s', (_, injector) => {
  test.each<[string, boolean, readonly PlatformObject[]]>([
    ['the annotation of its namespace', true, [meshed('a'), deployment('a', 'web')]],
    ['an annotation of its own', true, [namespace('a'), deployment('a', 'web', { annotations: ENABLED })]],
    [
      'an annotation of what makes it, which counts for nothing',
      false,
      [namespace('a'), withMetadata(deployment('a', 'web'), { annotations: ENABLED })],
    ],
    ['disabled', false, [meshed('a'), deployment('a', 'web', { annotations: { [INJECT]: 'disabled' } })]],
    [
      'a label of its namespace',
      false,
      [
        withMetadata(meshed('a'), { labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } }),
        deployment('a', 'web'),
      ],
    ],
    [
      'a label of its own',
      false,
      [meshed('a'), deployment('a', 'web', { labels: { 'linkerd.io/control-plane-component': 'web' } })],
    ],
    ['the network of its node', false, [meshed('a'), deployment('a', 'web', { spec: { hostNetwork: true } })]],
    [
      'a container that is merely called like the proxy',
      false,
      [meshed('a'), deployment('a', 'web', { spec: { containers: [CALLED_THE_SAME] } })],
    ],
    ['a proxy of its own', true, [namespace('a'), deployment('a', 'web', { spec: { initContainers: [proxy()] } })]],
    ['kube-system', false, [meshed('kube-system'), deployment('kube-system', 'web')]],
    ['a Job', true, [meshed('a'), job]],
  ])('check, graph and verify agree: %s', async (_name, expected, objects) => {
    const all = [...injector, ...objects];
    const index = new ObjectIndex(all);
    expect(notMeshed.check(index, {}).length === 0).toBe(expected);
    expect(meshGraph(all).nodes.find(({ name }) => name === 'web')?.meshed).toBe(expected);

    const platform = new Rendered(all, rendered.layer);
    const cluster = new FakeCluster(all, '');
    const [template] = index.podTemplates;
    for (const pod of cluster.pods) pod.spec = { ...(template?.spec as unknown as typeof pod.spec) };
    const found = await problems(proxies, cluster, {}, platform);
    const ownProxy = template?.spec.initContainers !== undefined;
    const passedOver = JSON.stringify(template?.spec).includes(CALLED_THE_SAME.image);
    // A pod that is to have a proxy and has none is a finding; so is one that asks for it and is passed over.
    expect(found).toHaveLength((expected && !ownProxy) || passedOver ? 1 : 0);
  });
});
