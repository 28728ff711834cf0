import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Group, version and kind of an API object, as they stand in YAML. */
export interface GroupVersionKind {
  /** For example `apps/v1`, or `v1` for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
}

/** A class of API objects of one kind whose props are typed: `Props` is everything but `apiVersion` and `kind`. */
export interface ApiObjectClass<Props> {
  readonly GVK: GroupVersionKind;
  new (scope: Construct, id: string, props: Props): ApiObject;
}

/** The class of the API objects of one kind. Each kind is then one line: `class Pod extends apiObjectClass<PodProps>('v1', 'Pod') {}`. */
export function apiObjectClass<Props extends object>(apiVersion: string, kind: string): ApiObjectClass<Props> {
  return class extends ApiObject {
    static readonly GVK: GroupVersionKind = { apiVersion, kind };

    constructor(scope: Construct, id: string, props: Props) {
      super(scope, id, { ...props, apiVersion, kind });
    }
  };
}
