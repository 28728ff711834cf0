import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** The API group of trust-manager. */
export const TRUST_MANAGER_GROUP = 'trust.cert-manager.io';

/** Objects of trust-manager's own namespace: one by its name, or all with these labels. */
export type SourceObject = {
  /** The key of the object's data that holds certificates. */
  readonly key: string;
} & (
  | { readonly name: string; readonly selector?: undefined }
  | { readonly name?: undefined; readonly selector: { readonly matchLabels: Readonly<Record<string, string>> } }
);

/** Where certificates come from. */
export type BundleSource =
  | { readonly secret: SourceObject }
  | { readonly configMap: SourceObject }
  | { readonly inLine: string }
  | { readonly useDefaultCAs: boolean };

/** Certificates that are written to namespaces as one ConfigMap of the bundle's name. */
export interface BundleSpec {
  readonly sources: readonly BundleSource[];
  readonly target: {
    readonly configMap: { readonly key: string };

    /** @default - all namespaces */
    readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

export interface BundleProps {
  readonly metadata: ObjectMeta;
  readonly spec: BundleSpec;
}

/** Its sources are read in trust-manager's own namespace. It has no namespace itself. */
export class Bundle extends apiObjectClass<BundleProps>(`${TRUST_MANAGER_GROUP}/v1alpha1`, 'Bundle') {}
