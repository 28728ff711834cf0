import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';
import type { FluxDuration } from './kustomize.toolkit.fluxcd.io';

/** The API group of Flux's source-controller. */
export const SOURCE_TOOLKIT_GROUP = 'source.toolkit.fluxcd.io';

/** What sources of every kind have. */
interface SourceSpec {
  /** How often it is looked at. */
  readonly interval: FluxDuration;

  /** A Secret of the same namespace with the credentials. @default - none: anyone can read it */
  readonly secretRef?: { readonly name: string };

  /** What is left out of the source, as in a `.gitignore`. @default - Flux's own list */
  readonly ignore?: string;
}

export interface GitRepositorySpec extends SourceSpec {
  /** By `http`, `https` or `ssh`. Git's short form `user@host:path` is not taken. */
  readonly url: string;

  /** What is checked out: a branch, or a tag. */
  readonly ref: { readonly branch: string } | { readonly tag: string };
}

export interface OciRepositorySpec extends SourceSpec {
  /** `oci://<registry>/<repository>`, without a tag. */
  readonly url: `oci://${string}`;
  readonly ref: { readonly tag: string };
}

export interface GitRepositoryProps {
  readonly metadata: ObjectMeta;
  readonly spec: GitRepositorySpec;
}

export interface OciRepositoryProps {
  readonly metadata: ObjectMeta;
  readonly spec: OciRepositorySpec;
}

/** Has Flux fetch a Git repository. */
export class GitRepository extends apiObjectClass<GitRepositoryProps>(`${SOURCE_TOOLKIT_GROUP}/v1`, 'GitRepository') {}

/** Has Flux fetch an artifact that `flux push artifact` has pushed to a registry. Version `v1` is of Flux 2.6. */
export class OciRepository extends apiObjectClass<OciRepositoryProps>(`${SOURCE_TOOLKIT_GROUP}/v1`, 'OCIRepository') {}
