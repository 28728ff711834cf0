import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { AMBASSADOR_RELEASE } from '../lib/ambassador/embedded-release';
import { KOURIER_RELEASE } from '../lib/kourier/embedded-release';
import { kourier } from '../lib/kourier/kourier';
import type { IdentityChoice } from '../lib/linkerd/identity/identity';
import type { NetworkingLayerChoice } from '../lib/networking/layer';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Platform } from '../lib/platform';
import type { EmbeddedLayer, EmbeddedRelease } from '../lib/releases/embedded-release';
import { embeddedReleases } from '../lib/review/embedded-releases';

/** A networking layer, and its embedded release. */
interface ReferenceLayer {
  readonly ingress: NetworkingLayerChoice;
  readonly release: EmbeddedLayer;
}

/** The networking layers that there are. */
export const REFERENCE_LAYERS: readonly [ReferenceLayer, ...ReferenceLayer[]] = [
  { ingress: ambassador(), release: AMBASSADOR_RELEASE },
  { ingress: kourier(), release: KOURIER_RELEASE },
];

/** An embedded release, and the networking layer of the platform on which it is held against the real one. */
export interface Reference {
  readonly release: EmbeddedRelease;
  readonly ingress: NetworkingLayerChoice;
}

const [FIRST, ...OTHERS] = REFERENCE_LAYERS;

/** All embedded releases: those of no networking layer on a platform with the first one. */
export const REFERENCES: readonly Reference[] = [
  ...embeddedReleases(FIRST.release).map((release) => ({ release, ingress: FIRST.ingress })),
  ...OTHERS,
];

/**
 * The objects of the platform that is held against the real releases: the least that a platform needs, with all parts of the embedded releases.
 * What it says beyond them stands among the meant differences.
 *
 * @param ca the certificates in PEM that Linkerd's real release was rendered with; default: those in `certs/`
 */
export function referenceObjects(ingress: NetworkingLayerChoice, ca?: string): PlatformObject[] {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress,
    knativeServing: { hpaAutoscaler: true, postInstallJobs: true },
    ...(ca !== undefined && { linkerd: { identity: identityOf(ca) } }),
  });
  return collectObjects(platform);
}

const identityOf = (ca: string): IdentityChoice => ({
  name: 'files',
  build: () => ({ trustAnchors: ca, webhookCaBundle: ca }),
});
