import { INJECT_ANNOTATION } from '../../objects/inject';
import { OLDER_VISIBILITY_LABEL, VISIBILITY_LABEL } from '../../model/serving/metadata';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';
import { QUEUE_PROXY_ANNOTATIONS } from './queue-proxy';
import { SCALE_PROPS } from './scale';

export const ROLLOUT_DURATION_ANNOTATION = 'serving.knative.dev/rollout-duration';
export const PROGRESS_DEADLINE_ANNOTATION = 'serving.knative.dev/progress-deadline';
export const FULL_DUPLEX_ANNOTATION = 'features.knative.dev/http-full-duplex';
export const HTTP_PROTOCOL_ANNOTATION = 'networking.knative.dev/http-protocol';
export const DISABLE_TLS_ANNOTATION = 'networking.knative.dev/disable-external-domain-tls';

/** Labels, or annotations. */
export type Texts = Readonly<Record<string, string>>;

/** Why a key is refused, by its beginning. */
type Refused = Texts;

const setProp = (prop: string): string => `set the prop ${prop} instead`;
const byProp = (annotations: Texts): Texts =>
  Object.fromEntries(Object.entries(annotations).map(([key, prop]) => [key, setProp(prop)]));

const BY_SERVING = 'Serving sets it and refuses a change: remove it';

const LABELS: Refused = {
  [VISIBILITY_LABEL]: setProp('visibility'),
  [OLDER_VISIBILITY_LABEL]: setProp('visibility'),
};

const TEMPLATE_LABELS: Refused = Object.fromEntries(
  Object.keys(LABELS).map((label) => [label, 'it counts on the service alone: set the prop visibility']),
);

/** Source: Serving 1.23.0, `pkg/apis/serving/metadata_validation.go` and `register.go`. */
const ANNOTATIONS: Refused = {
  'serving.knative.dev/creator': BY_SERVING,
  'serving.knative.dev/lastModifier': BY_SERVING,
  [ROLLOUT_DURATION_ANNOTATION]: setProp('rolloutDuration'),
  'serving.knative.dev/rolloutDuration': setProp('rolloutDuration'),
  [HTTP_PROTOCOL_ANNOTATION]: setProp('httpProtocol'),
  'networking.knative.dev/httpOption': setProp('httpProtocol'),
  [DISABLE_TLS_ANNOTATION]: setProp('disableExternalDomainTls'),
  'networking.knative.dev/disable-auto-tls': setProp('disableExternalDomainTls'),
  'networking.knative.dev/disableAutoTLS': setProp('disableExternalDomainTls'),
  'autoscaling.knative.dev/': 'it counts on the template alone: set the prop scale, or templateAnnotations',
};

/** Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_validation.go`; knative.dev/networking, `metadata_validation.go`. */
const TEMPLATE_ANNOTATIONS: Refused = {
  [INJECT_ANNOTATION]: setProp('meshed'),
  [PROGRESS_DEADLINE_ANNOTATION]: setProp('progressDeadline'),
  [FULL_DUPLEX_ANNOTATION]: setProp('httpFullDuplex'),
  ...byProp(SCALE_PROPS),
  ...byProp(QUEUE_PROXY_ANNOTATIONS),
  'queue.sidecar.serving.knative.dev/resource-percentage': 'it is deprecated: set the prop queueProxy instead',
  'queue.sidecar.serving.knative.dev/resourcePercentage': 'it is deprecated: set the prop queueProxy instead',
  'networking.knative.dev/': 'it counts on the service alone: put it into annotations',
};

const REFUSED = {
  labels: LABELS,
  annotations: ANNOTATIONS,
  templateLabels: TEMPLATE_LABELS,
  templateAnnotations: TEMPLATE_ANNOTATIONS,
};

/** Labels and annotations as a user gives them, without those that have a prop of their own. */
export function checkMetadata(admission: Admission, prop: keyof typeof REFUSED, texts: Texts): void {
  const refused: Refused = REFUSED[prop];
  for (const [key, value] of Object.entries(texts)) {
    const where = `${prop}.${key}`;
    const by = [key, `${key.split('/')[0] ?? ''}/`].find((one) => Object.hasOwn(refused, one));
    if (by !== undefined) admission.refuse(where, `${quote(value)} is refused here: ${refused[by] ?? ''}`);
  }
}

/** Metadata without the labels and annotations that are empty. */
export function withoutEmpty(labels: Texts, annotations: Texts): { labels?: Texts; annotations?: Texts } {
  return { ...(!isEmpty(labels) && { labels }), ...(!isEmpty(annotations) && { annotations }) };
}

const isEmpty = (texts: Texts): boolean => Object.keys(texts).length === 0;
