import type { MeantDifference } from './meant-difference';

/** A release that is embedded in this repository, and how it is held against the real one. */
export interface EmbeddedRelease {
  /** Its name in `releases.lock.yaml`. */
  readonly component: string;

  /** The platform's objects that are of it, as `phase Kind name`; `*` stands for any characters. */
  readonly objects: readonly string[];

  readonly meant: readonly MeantDifference[];
}

/** The embedded release of a networking layer, and what others say of it. */
export interface EmbeddedLayer extends EmbeddedRelease {
  /** The namespace of its pods. */
  readonly namespace: string;

  /** What Serving writes into `networking.knative.dev/ingress.class`. */
  readonly ingressClass: string;
}
