import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** The API group of Argo CD. */
export const ARGOPROJ_GROUP = 'argoproj.io';

/** Says in which wave of its parent's sync an object comes: a whole number, written as a text. */
export const SYNC_WAVE = `argocd.${ARGOPROJ_GROUP}/sync-wave`;

/** Says how an Application's objects are compared with the cluster's. */
export const COMPARE_OPTIONS = `argocd.${ARGOPROJ_GROUP}/compare-options`;

/** Fields that are left out when an object is compared with the cluster's. */
export interface IgnoredDifference {
  /** @default - the core group */
  readonly group?: string;
  readonly kind: string;

  /** @default - every object of the kind */
  readonly name?: string;
  readonly namespace?: string;

  /** RFC 6901, `/spec/replicas`. */
  readonly jsonPointers?: readonly string[];

  /** Paths in jq's notation, `.webhooks[]?.clientConfig.caBundle`. */
  readonly jqPathExpressions?: readonly string[];
}

/** What is applied, and where. It is the part of the API that knitmesh uses (Argo CD 3.1 and newer). */
export interface ApplicationSpec {
  /** An AppProject. */
  readonly project: string;

  /** The cluster. */
  readonly destination: { readonly server: string; readonly namespace?: string };

  readonly source: {
    readonly repoURL: string;

    /** A branch, a tag or a commit. */
    readonly targetRevision: string;

    /** A folder of the repository, from its root. */
    readonly path: string;

    /** The folder's files are plain YAML. */
    readonly directory?: {
      /** The files that count: a glob, or several in braces. @default - all */
      readonly include?: string;

      /** @default false */
      readonly recurse?: boolean;
    };
  };

  readonly ignoreDifferences?: readonly IgnoredDifference[];

  readonly syncPolicy?: {
    readonly automated?: {
      /** Deletes what is no longer in Git. @default false */
      readonly prune?: boolean;

      /** Undoes what was changed in the cluster. @default false */
      readonly selfHeal?: boolean;
    };

    /** Words such as `ServerSideApply=true`. */
    readonly syncOptions?: readonly string[];

    /** What happens when a sync fails. @default - no retry */
    readonly retry?: {
      /** How often; below 0: without end. */
      readonly limit: number;
      readonly backoff?: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
    };
  };
}

export interface ApplicationProps {
  readonly metadata: ObjectMeta;
  readonly spec: ApplicationSpec;
}

/** Has Argo CD apply a folder of a repository. */
export class Application extends apiObjectClass<ApplicationProps>(`${ARGOPROJ_GROUP}/v1alpha1`, 'Application') {}
