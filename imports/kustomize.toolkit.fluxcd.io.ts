import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** The API group of Flux's kustomize-controller. */
export const KUSTOMIZE_TOOLKIT_GROUP = 'kustomize.toolkit.fluxcd.io';

/** A duration in Go's notation of hours, minutes and seconds: `1h`, `10m`, `30s`. */
export type FluxDuration = `${number}${'h' | 'm' | 's'}`;

/** Where the files come from: an object of Flux's source-controller. */
export interface SourceReference {
  readonly kind: 'GitRepository' | 'OCIRepository' | 'Bucket';
  readonly name: string;

  /** @default - the Kustomization's */
  readonly namespace?: string;
}

/** How to tell that objects of a kind are healthy, by expressions in CEL over the object's fields. Flux 2.5 and newer. */
export interface HealthCheckExpressions {
  /** The group counts, the version does not. */
  readonly apiVersion: string;
  readonly kind: string;

  /** True of an object that is healthy. One that refers to a field that is not there is not true yet. */
  readonly current: string;

  /**
   * True of an object that has failed: waiting for it ends. It is looked at before `current`.
   *
   * @default - none
   */
  readonly failed?: string;

  /**
   * True of an object that is not there yet. It is looked at first.
   *
   * @default - what is neither failed nor current
   */
  readonly inProgress?: string;
}

/** What Flux applies, and how. It is the part of the API that knitmesh uses (Flux 2.6 and newer, kustomize-controller 1.6). */
export interface KustomizationSpec {
  readonly sourceRef: SourceReference;

  /** A folder of the source, from its root: `./flux/10-crds`. A `kustomization.yaml` in it says what is built. */
  readonly path: string;

  /** How often all is applied again, whether or not the source has changed. */
  readonly interval: FluxDuration;

  /** @default - the interval */
  readonly retryInterval?: FluxDuration;

  /** How long applying and waiting may take. @default - the interval less 30 seconds */
  readonly timeout?: FluxDuration;

  /** Whether what is no longer in the source is deleted from the cluster. */
  readonly prune: boolean;

  /**
   * What becomes of the objects when the Kustomization itself is deleted. `WaitForTermination` deletes them, and the Kustomization is gone
   * when they are.
   *
   * @default 'MirrorPrune': they are deleted where `prune` is true
   */
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan';

  /** Whether it is ready only when every object that it applies is healthy. @default false */
  readonly wait?: boolean;

  /** How the health of custom resources is told. @default - by their condition `Ready`; one without conditions is healthy */
  readonly healthCheckExprs?: readonly HealthCheckExpressions[];

  /**
   * Kustomizations of the same namespace that must be ready first, at the revision of the source that is to be applied if it is the same source.
   *
   * @default - none
   */
  readonly dependsOn?: readonly { readonly name: string }[];

  /** Decrypts Secrets before they are applied. @default - nothing is decrypted, and what is encrypted is refused */
  readonly decryption?: {
    readonly provider: 'sops';

    /** A Secret of the same namespace with the keys. @default - the controller's own access to a key service */
    readonly secretRef?: { readonly name: string };
  };
}

export interface KustomizationProps {
  readonly metadata: ObjectMeta;
  readonly spec: KustomizationSpec;
}

/** Has Flux apply a folder of a source. */
export class Kustomization extends apiObjectClass<KustomizationProps>(
  `${KUSTOMIZE_TOOLKIT_GROUP}/v1`,
  'Kustomization',
) {}
