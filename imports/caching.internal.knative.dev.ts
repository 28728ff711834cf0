/** `caching.internal.knative.dev/v1alpha1`. Source: knative.dev/caching, `pkg/apis/caching/v1alpha1`. */
import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

export interface ImageProps {
  readonly metadata: ObjectMeta;
  readonly spec: ImageSpec;
}

/** An image that is worth keeping on every node, for a cache that is not part of Serving. */
export interface ImageSpec {
  readonly image: string;

  /**
   * The ServiceAccount whose pull secrets fetch it.
   *
   * @default - none
   */
  readonly serviceAccountName?: string;

  /** @default - none */
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

export class Image extends apiObjectClass<ImageProps>('caching.internal.knative.dev/v1alpha1', 'Image') {}
