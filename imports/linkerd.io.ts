import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** Which requests are meant. All that is given must hold. */
export interface RequestMatch {
  /** An HTTP method. */
  readonly method?: string;

  /** A regular expression for the whole path. */
  readonly pathRegex?: string;
}

/** Requests that metrics count together. */
export interface ServiceProfileRoute {
  /** The name in metrics. */
  readonly name: string;
  readonly condition: RequestMatch;

  /**
   * Whether a failed request is sent again.
   *
   * @default false
   */
  readonly isRetryable?: boolean;

  /**
   * How long a request may take, for example `300ms`.
   *
   * @default - 10 s
   */
  readonly timeout?: string;
}

export interface ServiceProfileProps {
  /** The name is the service's full name in the cluster. */
  readonly metadata: ObjectMeta;
  readonly spec: { readonly routes: readonly ServiceProfileRoute[] };
}

/** The routes of a service, for metrics by route. */
export class ServiceProfile extends apiObjectClass<ServiceProfileProps>('linkerd.io/v1alpha2', 'ServiceProfile') {}
