import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import type { IdentityChoice } from '../lib/linkerd/identity/identity';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Platform } from '../lib/platform';

/**
 * The objects of the platform that is held against the real releases: the least that a platform needs, with all parts of the embedded releases.
 * What it says beyond them stands among the meant differences.
 *
 * @param ca the certificates in PEM that Linkerd's real release was rendered with; default: those in `certs/`
 */
export function referenceObjects(ca?: string): PlatformObject[] {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador(),
    knativeServing: { hpaAutoscaler: true, postInstallJobs: true },
    ...(ca !== undefined && { linkerd: { identity: identityOf(ca) } }),
  });
  return collectObjects(platform);
}

const identityOf = (ca: string): IdentityChoice => ({
  name: 'files',
  build: () => ({ trustAnchors: ca, webhookCaBundle: ca }),
});
