import { knownProps, VALUE } from '../../objects/known-props';
import { VISIBILITY_LABEL } from '../../model/serving/metadata';
import type { GoDuration } from '../../syntax/go-duration';
import { goDurationSeconds } from '../../syntax/go-duration';
import { quote } from '../../syntax/quote';
import { wordProblem } from '../../syntax/word';
import type { Admission } from './admission';
import type { Texts } from './metadata';
import {
  checkMetadata,
  DISABLE_TLS_ANNOTATION,
  HTTP_PROTOCOL_ANNOTATION,
  ROLLOUT_DURATION_ANNOTATION,
} from './metadata';

/** How requests reach a service. */
export interface RouteProps {
  /**
   * `cluster-local` takes requests from within the cluster alone.
   *
   * @default - public, under the platform's domain
   */
  readonly visibility?: 'cluster-local';

  /**
   * The time over which requests move to a new revision, whole seconds.
   *
   * @default - `rollout-duration` of the platform's settings, which is 0s: at once
   */
  readonly rolloutDuration?: GoDuration;

  /**
   * What is answered to plain HTTP where Serving manages certificates: the service itself, or a redirect to HTTPS.
   *
   * @default - `http-protocol` of the platform's settings, which is 'enabled'
   */
  readonly httpProtocol?: 'enabled' | 'redirected';

  /**
   * Leaves the service out where Serving manages certificates (`external-domain-tls`).
   *
   * @default false
   */
  readonly disableExternalDomainTls?: boolean;

  /**
   * The service's labels. By them `config-domain` of the platform's settings may choose a domain.
   *
   * @default - none but what the other props add
   */
  readonly labels?: Texts;

  /** @default - none but what the other props add */
  readonly annotations?: Texts;
}

/** The props of {@link RouteProps}. */
export const ROUTE = knownProps<RouteProps>({
  visibility: VALUE,
  rolloutDuration: VALUE,
  httpProtocol: VALUE,
  disableExternalDomainTls: VALUE,
  labels: VALUE,
  annotations: VALUE,
});

const ABOUT_TLS = ['httpProtocol', 'disableExternalDomainTls'] as const;

/** The labels and annotations of a service, which Serving hands on to its route. */
export function routeMetadata(admission: Admission, props: RouteProps): { labels: Texts; annotations: Texts } {
  const { labels = {}, annotations = {}, visibility, rolloutDuration, httpProtocol, disableExternalDomainTls } = props;
  const { trafficSplit, tls } = admission.networking.limits;
  checkMetadata(admission, 'labels', labels);
  checkMetadata(admission, 'annotations', annotations);
  if (rolloutDuration !== undefined && trafficSplit && goDurationSeconds(rolloutDuration) !== 0) {
    admission.refuseForLimit(
      'rolloutDuration',
      `${quote(rolloutDuration)} splits requests over revisions`,
      trafficSplit,
    );
  }
  if (httpProtocol !== undefined) {
    admission.refuse('httpProtocol', wordProblem(httpProtocol, ['enabled', 'redirected']));
  }
  for (const prop of ABOUT_TLS) {
    const value = props[prop];
    if (tls && value !== undefined) admission.warnOfLimit(prop, `${quote(value)} has no effect`, tls);
  }
  return {
    labels: { ...labels, ...(visibility && { [VISIBILITY_LABEL]: visibility }) },
    annotations: {
      ...annotations,
      ...(rolloutDuration !== undefined && { [ROLLOUT_DURATION_ANNOTATION]: rolloutDuration }),
      ...(httpProtocol && { [HTTP_PROTOCOL_ANNOTATION]: httpProtocol }),
      ...(disableExternalDomainTls !== undefined && { [DISABLE_TLS_ANNOTATION]: String(disableExternalDomainTls) }),
    },
  };
}
