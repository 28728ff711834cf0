import { createHash } from 'node:crypto';
import type { PlatformObject } from '../../../objects/manifest';
import platform from '../../../../testing/walkthrough/main';
import { collectObjects } from '../../../objects/collect';
import { renderedTrustAnchors } from '../checks/trust-root';
import type { Check, Outcome, VerifySettings } from '../check';
import { LiveCluster } from '../live-cluster';
import { Rendered } from '../rendered';
import { FakeCluster } from './fake-cluster';

/** The platform of the walk-through. */
export const rendered = new Rendered(collectObjects(platform), platform.networking);

const ANCHORS = (renderedTrustAnchors(rendered) ?? '').trim();

export const newCluster = (): FakeCluster =>
  new FakeCluster(rendered.objects, createHash('sha256').update(ANCHORS).digest('hex'));

export const SETTINGS: VerifySettings = { now: new Date(), expected: [], requestTimeout: 5000, patience: 0 };

/** What a check sees of a cluster. */
export async function see(
  check: Check,
  cluster: FakeCluster,
  settings: Partial<VerifySettings> = {},
  of: Rendered = rendered,
): Promise<Outcome> {
  await cluster.dataPlane.start({ layer: 0, admin: 0 });
  const live = new LiveCluster(cluster, of);
  try {
    return await check.look({ rendered: of, live, settings: { ...SETTINGS, ...settings } });
  } finally {
    await live.close();
    cluster.dataPlane.stop();
  }
}

/** What it could not look at, a line each, where it finds nothing wrong. */
export async function unseen(...args: Parameters<typeof see>): Promise<string[]> {
  const outcome = await see(...args);
  expect(outcome.problems).toEqual([]);
  return (outcome.unseen ?? []).map(({ object, reason }) => `${object}: ${reason}`);
}

/** A platform of some of the objects. */
export const renderedOf = (isKept: (object: PlatformObject) => boolean): Rendered =>
  new Rendered(rendered.objects.filter(isKept), rendered.layer);

/** What it finds wrong, a line each. */
export async function problems(...args: Parameters<typeof see>): Promise<string[]> {
  const outcome = await see(...args);
  return outcome.problems.map(
    ({ object, reason, severity }) => `${severity === 'warning' ? 'warning: ' : ''}${object}: ${reason}`,
  );
}
