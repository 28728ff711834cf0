import { App } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { ambassador } from '../ambassador/ambassador';
import { meshGraph } from './connections/mesh-graph';
import { collectObjects } from '../objects/collect';
import type { PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { Platform } from '../platform';
import { check } from '../check/check';
import { findingText } from '../check/output/text';
import { withoutTokenProjection } from './testing/token-projection';

/** A platform with a Deployment of cdk8s-plus, which renders `automountServiceAccountToken: false` unless it is told. */
function platformWith(automountServiceAccountToken?: boolean): PlatformObject[] {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  new Deployment(platform.services, 'worker', {
    metadata: { name: 'worker', namespace: 'default' },
    containers: [{ image: 'registry.example.com/worker:1' }],
    ...(automountServiceAccountToken !== undefined && { automountServiceAccountToken }),
  });
  return collectObjects(platform);
}

/** What keeps the Deployment out of the mesh, by the check and by the graph. */
function outside(objects: readonly PlatformObject[]): (string | undefined)[] {
  const { findings } = check(objects);
  expect(findings.filter(({ severity }) => severity === 'error').map(findingText)).toEqual([]);
  return [
    findings.find(({ rule, object }) => rule === 'not-meshed' && object === 'Deployment default/worker')?.message,
    meshGraph(objects).nodes.find(({ name }) => name === 'worker')?.because,
  ];
}

test('a Deployment of cdk8s-plus has no token of its ServiceAccount, and is in the mesh', () => {
  const objects = platformWith();
  const worker = objects.find(({ manifest }) => describeObject(manifest) === 'Deployment default/worker');
  expect(worker?.manifest.spec).toMatchObject({ template: { spec: { automountServiceAccountToken: false } } });
  expect(outside(objects)).toEqual([undefined, undefined]);
});

test('where Linkerd projects no tokens it is outside, and the reason says what to write', () => {
  const reason = expect.stringMatching(
    /the pod has automountServiceAccountToken: false, .*: set automountServiceAccountToken: true in the pod, which cdk8s-plus/,
  ) as string;
  expect(outside(withoutTokenProjection(platformWith()))).toEqual([reason, reason]);
  expect(outside(withoutTokenProjection(platformWith(true)))).toEqual([undefined, undefined]);
});
