import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Platform } from '../lib/platform';

/**
 * The objects of the platform that is held against the real releases: the least that a platform needs, with all parts of the embedded releases.
 * What it says beyond them stands among the meant differences.
 */
export function referenceObjects(): PlatformObject[] {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador(),
    knativeServing: { hpaAutoscaler: true, postInstallJobs: true },
  });
  return collectObjects(platform);
}
