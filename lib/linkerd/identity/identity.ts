import type { Phase } from '../../objects/phase';
import type { Trust } from '../trust-root';

/**
 * What the control plane and viz are rendered with: certificates, or `in-cluster` where trust-manager writes the trust anchors
 * (`identity.externalCA`) and cert-manager puts the webhooks' CA into their configurations ({@link caInjection}).
 */
export type IdentityTrust = Trust | 'in-cluster';

/** Where the certificates of the mesh come from: `files()` or `certManager()`. */
export interface IdentityChoice {
  readonly name: 'files' | 'certManager';

  /**
   * Declares what the choice needs.
   *
   * @returns what the control plane and viz are rendered with; `undefined` if that cannot be had, and a mistake is recorded
   */
  build(phase: Phase, context: IdentityContext): IdentityTrust | undefined;
}

/** What an identity is built for. */
export interface IdentityContext {
  /** Whether viz is part of the platform. */
  readonly viz: boolean;

  /** The project's folder. */
  readonly root: string;
}
