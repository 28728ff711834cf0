import { knownProps, VALUE } from '../../objects/known-props';
import type { RevisionSpec } from '../../../imports/serving.knative.dev';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Admission } from './admission';

/** How a pod takes requests. Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_validation.go`. */
export interface RequestProps {
  /**
   * How many requests a pod takes at once: 0, which is without a limit, to `container-concurrency-max-limit` (1000) of the
   * platform's settings.
   *
   * @default - `container-concurrency` of the platform's settings, which is 0
   */
  readonly containerConcurrency?: number;

  /**
   * How long a request may take, in seconds: 1 to `max-revision-timeout-seconds` (600) of the platform's settings, and not
   * longer than the networking layer lets it.
   *
   * @default - `revision-timeout-seconds` of the platform's settings, which is 300
   */
  readonly timeoutSeconds?: number;

  /**
   * How long a request may wait for the first byte of its response, in seconds; 0 is without a limit. At most `timeoutSeconds`.
   *
   * @default - `revision-response-start-timeout-seconds` of the platform's settings, which is 300
   */
  readonly responseStartTimeoutSeconds?: number;

  /**
   * How long a request may go without a byte either way, in seconds; 0 is without a limit. At most `timeoutSeconds`.
   *
   * @default - `revision-idle-timeout-seconds` of the platform's settings, which is 0
   */
  readonly idleTimeoutSeconds?: number;
}

/** The props of {@link RequestProps}. */
export const REQUESTS = knownProps<RequestProps>({
  containerConcurrency: VALUE,
  timeoutSeconds: VALUE,
  responseStartTimeoutSeconds: VALUE,
  idleTimeoutSeconds: VALUE,
});

const TIMEOUTS = ['timeoutSeconds', 'responseStartTimeoutSeconds', 'idleTimeoutSeconds'] as const;

/** The fields of a revision that say how it takes requests. */
export function requestFields(admission: Admission, props: RequestProps): Pick<RevisionSpec, keyof RequestProps> {
  const { defaults } = admission.config;
  const { containerConcurrency, timeoutSeconds } = props;
  const limit = admission.networking.limits.requestTimeout;
  const beyondLayer = (seconds: number | undefined): boolean =>
    limit !== undefined && seconds !== undefined && seconds > limit.seconds;
  // Serving takes 0 for its default.
  if (timeoutSeconds === 0) {
    admission.refuse('timeoutSeconds', wholeNumberProblem(timeoutSeconds, 1, defaults.maxRevisionTimeoutSeconds));
  }
  const timeout = timeoutSeconds ?? defaults.revisionTimeoutSeconds;
  for (const field of ['responseStartTimeoutSeconds', 'idleTimeoutSeconds'] as const) {
    const seconds = props[field];
    if (seconds === undefined || beyondLayer(seconds)) continue;
    admission.refuse(field, wholeNumberProblem(seconds, 0));
    if (seconds > timeout) {
      admission.refuse(
        field,
        `${seconds} is more than timeoutSeconds, ${timeout}, so it would never count: lower it or raise timeoutSeconds`,
      );
    }
  }
  for (const field of TIMEOUTS) {
    const seconds = props[field];
    if (limit !== undefined && beyondLayer(seconds)) {
      admission.refuseForLimit(field, `${seconds ?? ''} is more than ${limit.seconds}`, limit);
    }
  }
  const { responseStartTimeoutSeconds, idleTimeoutSeconds } = props;
  return {
    ...(containerConcurrency !== undefined && { containerConcurrency }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(responseStartTimeoutSeconds !== undefined && { responseStartTimeoutSeconds }),
    ...(idleTimeoutSeconds !== undefined && { idleTimeoutSeconds }),
  };
}
