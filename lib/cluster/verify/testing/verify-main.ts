import { createHash } from 'node:crypto';
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

export const SETTINGS: VerifySettings = { now: new Date(), expected: [], requestTimeout: 5000 };

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

/** What it finds wrong, a line each. */
export async function problems(...args: Parameters<typeof see>): Promise<string[]> {
  const outcome = await see(...args);
  return outcome.problems.map(
    ({ object, reason, severity }) => `${severity === 'warning' ? 'warning: ' : ''}${object}: ${reason}`,
  );
}
