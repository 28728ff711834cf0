import type { Texts } from '../../objects/json';
import { keyStep } from '../../objects/key-step';
import { isWholeSeconds, signedGoDurationSeconds } from '../../syntax/go-duration';
import { goFloat } from '../../syntax/go-number';
import { nearest } from '../../syntax/nearest';
import { overLimitProblem, quantityProblem } from '../../syntax/quantity';
import { quote } from '../../syntax/quote';
import type { Problems } from './problem';
import { isEmptyQuantity, isNegative, readableQuantity } from './quantity';

const NETWORKING = 'networking.knative.dev';

/** What templates may say about networking, though it counts on the service alone. Source: knative.dev/networking c7a7b772cac9, `pkg/apis/networking/metadata_validation.go`. */
const NETWORKING_KEYS = [
  'ingress.class',
  'ingress-class',
  'certificate.class',
  'certificate-class',
  'disableAutoTLS',
  'disable-auto-tls',
  'disable-external-domain-tls',
  'httpOption',
  'http-protocol',
].map((key) => `${NETWORKING}/${key}`);

/** How long a new revision takes over: on a service or a route. Source: Serving 1.23.0, `pkg/apis/serving/register.go`. */
export const ROLLOUT_DURATION = ['serving.knative.dev/rollout-duration', 'serving.knative.dev/rolloutDuration'];

/** How long a revision may take to get ready: on a template. */
export const PROGRESS_DEADLINE = ['serving.knative.dev/progress-deadline'];

const QUEUE = 'queue.sidecar.serving.knative.dev';

/** What queue-proxy gets, in percent of the container: on a template, and deprecated. */
export const QUEUE_PERCENTAGE = [`${QUEUE}/resource-percentage`, `${QUEUE}/resourcePercentage`];

/** What queue-proxy asks for, or is limited to: on a template. */
export const queueResource = (resource: string, kind: string): string => `${QUEUE}/${resource}-resource-${kind}`;

/** All of them. */
export const QUEUE_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((resource) =>
  ['request', 'limit'].map((kind) => queueResource(resource, kind)),
);

/** The path of an annotation. */
export function annotationPath(path: string, key: string): string {
  return `${path}${keyStep(key)}`;
}

/** The key that counts of several spellings of one. `undefined` if none is there. */
export function givenKey(annotations: Texts, keys: readonly string[]): string | undefined {
  return keys.find((key) => Object.hasOwn(annotations, key));
}

/** Records what is wrong with the duration of an annotation: empty is none. */
export function checkWholeSeconds(problems: Problems, path: string, annotations: Texts, keys: readonly string[]): void {
  const key = givenKey(annotations, keys);
  const value = key === undefined ? '' : (annotations[key] ?? '');
  if (key === undefined || value === '') return;
  const seconds = signedGoDurationSeconds(value);
  if (seconds !== undefined && seconds >= 0 && isWholeSeconds(seconds)) return;
  const what = seconds === undefined ? 'is not a duration' : seconds < 0 ? 'is negative' : 'has parts of a second';
  problems.refuse(annotationPath(path, key), `${quote(value)} ${what}: write whole seconds, for example "30s"`);
}

/** Records what is wrong with a template's annotations, but for those that scale. */
export function checkTemplateAnnotations(problems: Problems, path: string, annotations: Texts): void {
  let isQueueProxyTold = false;
  for (const key of Object.keys(annotations)) {
    isQueueProxyTold ||= key.startsWith(QUEUE);
    if (!key.startsWith(NETWORKING) || NETWORKING_KEYS.includes(key)) continue;
    const meant = nearest(key, NETWORKING_KEYS);
    problems.refuse(
      annotationPath(path, key),
      `Serving knows no such annotation: ${meant === undefined ? 'remove it' : `did you mean ${quote(meant)}?`}`,
    );
  }
  checkWholeSeconds(problems, path, annotations, PROGRESS_DEADLINE);
  checkDeadline(problems, path, annotations);
  if (isQueueProxyTold) checkQueueProxy(problems, path, annotations);
}

/** The deadline of a Deployment must be longer than its pods are ready before they count, which is 0s. */
function checkDeadline(problems: Problems, path: string, annotations: Texts): void {
  const key = givenKey(annotations, PROGRESS_DEADLINE);
  const value = key === undefined ? '' : (annotations[key] ?? '');
  if (key === undefined || signedGoDurationSeconds(value) !== 0) return;
  problems.refuse(annotationPath(path, key), `${quote(value)} is too short: at least 1s`, 'kubernetes');
}

function checkQueueProxy(problems: Problems, path: string, annotations: Texts): void {
  const key = givenKey(annotations, QUEUE_PERCENTAGE);
  if (key !== undefined) {
    const value = annotations[key] ?? '';
    const percentage = goFloat(value);
    if (percentage === undefined || percentage < 0.1 || percentage > 100) {
      problems.refuse(annotationPath(path, key), `${quote(value)} is not a percentage from 0.1 to 100: write one`);
    }
  }
  for (const resource of QUEUE_RESOURCES) {
    const value = annotations[resource];
    if (value === undefined || readableQuantity(value.trim() === value ? value : '')) continue;
    problems.refuse(
      annotationPath(path, resource),
      `${quote(value)} is not a quantity: write for example "200m" of CPU or "300Mi" of memory`,
      isEmptyQuantity(value) ? 'quantity-grammar' : undefined,
    );
  }
  for (const resource of QUEUE_RESOURCES) {
    const value = annotations[resource];
    if (value === undefined) continue;
    const limit = annotations[resource.replace(/request$/, 'limit')];
    const problem = isNegative(value)
      ? quantityProblem(value)
      : limit === undefined
        ? undefined
        : overLimitProblem(value, limit);
    problems.refuse(annotationPath(path, resource), problem, 'kubernetes');
  }
}
