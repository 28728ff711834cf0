import { groupOf } from './api-group';

/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The way to a value: keys of mappings and indices of lists. */
export type JsonPath = readonly (string | number)[];

/** A Kubernetes object as it stands in YAML. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string;
    generateName?: string;
    namespace?: string;
    [key: string]: Json | undefined;
  };
  [key: string]: Json | Manifest['metadata'] | undefined;
}

/** Where an item of a list stands. */
export interface ListPlace {
  /** The text of the whole document. */
  readonly text: string;

  /** The way to the item in it: `['items', 3]`. */
  readonly path: JsonPath;
}

/** An object of the platform: its manifest, where it was declared, and where it goes. */
export interface PlatformObject {
  readonly manifest: Manifest;

  /** The construct's path, or `file:line` of a vendored document. */
  readonly source: string;

  /** The phase that it is applied in, as the names of its files in `dist/` begin: `60-services`. */
  readonly phase: string;

  /**
   * The text of a vendored document that nothing changed: it is written as it is.
   *
   * @default - the manifest is written
   */
  readonly text?: string;

  /** @default - the object was not read from a list */
  readonly list?: ListPlace;

  /**
   * The folder of the kustomization that makes the object.
   *
   * @default - the object stands where `source` says
   */
  readonly madeBy?: string;
}

/** `apps/v1/Deployment ambassador/ambassador`: what makes an object one and the same in a cluster. The API group counts, its version does not. */
export function objectKey({ apiVersion, kind, metadata }: Manifest): string {
  const group = groupOf(apiVersion);
  return `${group === '' ? '' : `${group}/`}${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${nameOf({ metadata })}`;
}

/** The object's name; of an object that the API server names, its `generateName` and a `*`. */
export function nameOf({ metadata }: Pick<Manifest, 'metadata'>): string {
  return metadata.name ?? `${metadata.generateName ?? ''}*`;
}

/** `Deployment ambassador/ambassador`, as people say it. */
export function describeObject({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${nameOf({ metadata })}`;
}
