import type { Construct } from 'constructs';
import type { CustomResourceConversion, CustomResourceSubresources } from '../../imports/kubernetes';
import { CustomResourceDefinition as KubernetesCustomResourceDefinition } from '../../imports/kubernetes';
import type { SchemaDefaults } from './schema';
import { openSchema } from './schema';

/** A column of what `kubectl get` shows. */
export interface PrinterColumn {
  readonly name: string;

  /** Where the value stands in the object. */
  readonly jsonPath: string;

  /** @default 'string' */
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';

  /**
   * The size of a number.
   *
   * @default - any
   */
  readonly format?: 'int32' | 'int64';
}

/** A version of a kind, which the API server serves. */
export interface CustomResourceVersion {
  /** For example `v1alpha1`. */
  readonly name: string;

  /** @default - the object's age alone */
  readonly columns?: readonly PrinterColumn[];

  /**
   * What is written apart from the rest of the object: `{ status: {} }`, so that an update of the object leaves its status alone.
   *
   * @default - nothing is
   */
  readonly subresources?: CustomResourceSubresources;

  /**
   * Whether kubectl warns whoever uses this version, and names the one to use instead.
   *
   * @default false
   */
  readonly deprecated?: boolean;

  /** @default - none: what an object does not say is left to whoever reads it */
  readonly defaults?: SchemaDefaults;
}

/** A kind of custom resource, without the schema of its objects. */
export interface CustomResourceDefinitionProps {
  /** For example `serving.knative.dev`. */
  readonly group: string;

  readonly kind: string;

  /** The kind in a URL and in RBAC rules, in lower case. */
  readonly plural: string;

  /** @default - the kind in lower case */
  readonly singular?: string;

  /** @default - the kind and `List`, by the API server */
  readonly listKind?: string;

  /**
   * What kubectl takes instead of the plural.
   *
   * @default - nothing
   */
  readonly shortNames?: readonly string[];

  /**
   * What kubectl takes for this kind together with others, for example `all`.
   *
   * @default - nothing
   */
  readonly categories?: readonly string[];

  /** @default 'Namespaced' */
  readonly scope?: 'Namespaced' | 'Cluster';

  /** The oldest first. Objects are stored as the last one. */
  readonly versions: readonly [CustomResourceVersion, ...CustomResourceVersion[]];

  /**
   * How objects of one version become those of another.
   *
   * @default - by their `apiVersion` alone
   */
  readonly conversion?: CustomResourceConversion;

  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A CustomResourceDefinition without schemas: the API server takes every object of the kind, and the component that it is for
 * checks it. What is lost is `kubectl explain`, the pruning of misspelt fields, and the merge keys of lists.
 */
export class CustomResourceDefinition extends KubernetesCustomResourceDefinition {
  constructor(scope: Construct, props: CustomResourceDefinitionProps) {
    const { group, kind, plural, singular = kind.toLowerCase(), listKind, shortNames, categories } = props;
    const { scope: kindScope = 'Namespaced', versions, conversion, labels } = props;
    const name = `${plural}.${group}`;
    super(scope, name, {
      metadata: { name, ...(labels && { labels }) },
      spec: {
        group,
        scope: kindScope,
        names: {
          kind,
          plural,
          singular,
          ...(listKind !== undefined && { listKind }),
          ...(shortNames && { shortNames }),
          ...(categories && { categories }),
        },
        versions: versions.map((version) => versionSpec(version, version === versions.at(-1))),
        ...(conversion && { conversion }),
      },
    });
  }
}

const versionSpec = (
  { name, columns, subresources, deprecated, defaults }: CustomResourceVersion,
  storage: boolean,
) => ({
  name,
  served: true,
  storage,
  ...(deprecated && { deprecated }),
  schema: { openAPIV3Schema: openSchema(defaults) },
  ...(subresources && { subresources }),
  ...(columns && { additionalPrinterColumns: columns.map((column) => ({ type: 'string', ...column })) }),
});
