import type { JsonObject, Texts } from '../../objects/json';
import { isMapping, list, mapping, at, strings, text } from '../../objects/json';
import { keyStep } from '../../objects/key-step';
import type { Json } from '../../objects/manifest';
import { dns1035LabelProblem } from '../../syntax/dns';
import { labelKeyProblem, labelValueProblem } from '../../syntax/label';
import { quote } from '../../syntax/quote';
import { annotationPath } from './annotations';
import type { Problems } from './problem';
import { SCALE_GROUP } from './scale';

/** The label that takes a service out of the public, on the service or the route, with its one value. Source: Serving 1.23.0, `pkg/reconciler/route/domains`. */
export const VISIBILITY_LABEL = 'networking.knative.dev/visibility';
export const CLUSTER_LOCAL = 'cluster-local';

/** What the label was called until Serving 0.20. It does nothing any more. */
export const OLDER_VISIBILITY_LABEL = 'serving.knative.dev/visibility';

const SERVICE_LABEL = 'serving.knative.dev/service';

/** Records what is wrong with the name of an object that Serving makes others of. Source: knative.dev/pkg 521cb33b33dd, `apis/metadata_validation.go`. */
export function checkName(problems: Problems, metadata: Json | undefined): void {
  const name = text(at(metadata, 'name')) ?? '';
  const generateName = text(at(metadata, 'generateName')) ?? '';
  if (generateName !== '') problems.refuse('metadata.generateName', prefixProblem(generateName));
  if (name !== '') problems.refuse('metadata.name', dns1035LabelProblem(name));
  if (name === '' && generateName === '') problems.refuse('metadata.name', 'is missing: name the object');
}

/** What is wrong with a text before which the API server puts letters. */
export function prefixProblem(generateName: string): string | undefined {
  // A dash at its end is one within the name.
  return dns1035LabelProblem(generateName.replace(/-$/, 'a'));
}

/** Records labels and annotations that the API server does not take. */
export function checkSyntax(problems: Problems, path: string, metadata: Json | undefined): void {
  for (const [kind, isLabel] of [
    ['labels', true],
    ['annotations', false],
  ] as const) {
    const given = at(metadata, kind);
    if (!isMapping(given)) continue;
    for (const key of Object.keys(given)) {
      const value = isLabel ? text(given[key]) : undefined;
      const problem = keyProblem(key) ?? (value === undefined ? undefined : labelValueProblem(value));
      if (problem !== undefined) problems.refuse(`${path}.${kind}${keyStep(key)}`, problem, 'kubernetes');
    }
  }
}

/** Keys that are fine: all services have the same few. */
const fineKeys = new Set<string>();
const MOST_KEYS = 10_000;

function keyProblem(key: string): string | undefined {
  if (fineKeys.has(key)) return undefined;
  const problem = labelKeyProblem(key);
  if (problem === undefined && fineKeys.size < MOST_KEYS) fineKeys.add(key);
  return problem;
}

/** Records annotations that count on a template alone. */
export function checkNoScale(problems: Problems, annotations: Texts): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (!key.startsWith(SCALE_GROUP)) continue;
    problems.refuse(
      annotationPath('metadata.annotations', key),
      `${quote(value)} is refused here: it counts on the template, move it to spec.template.metadata.annotations`,
    );
  }
}

/** Records a label of a service that made it, on what nobody made. Source: Serving 1.23.0, `pkg/apis/serving/v1/configuration_validation.go`. */
export function checkOwner(problems: Problems, metadata: Json | undefined): void {
  const labels = mapping(at(metadata, 'labels'));
  if (!Object.hasOwn(labels, SERVICE_LABEL)) return;
  const owner = labels[SERVICE_LABEL] ?? '';
  const owners = list(at(metadata, 'ownerReferences'));
  if (owners.some((reference) => at(reference, 'kind') === 'Service' && at(reference, 'name') === owner)) return;
  problems.refuse(
    `metadata.labels${keyStep(SERVICE_LABEL)}`,
    `Serving sets this label on what the service ${quote(owner)} owns, which this object does not say it is: remove the label`,
  );
}

/** Records labels with which the author of a service wants it to be cluster-local, and it is not. */
export function checkVisibility(problems: Problems, labels: Texts, templateLabels: JsonObject): void {
  const path = 'metadata.labels';
  const older = labels[OLDER_VISIBILITY_LABEL];
  const value = labels[VISIBILITY_LABEL];
  const isLocal = value === CLUSTER_LOCAL;
  const because = 'so the service is public';
  const write = `write the label ${VISIBILITY_LABEL}: ${CLUSTER_LOCAL}`;
  if (older !== undefined && !isLocal) {
    problems.refuse(
      `${path}${keyStep(OLDER_VISIBILITY_LABEL)}`,
      `this label does nothing since Serving 0.20, ${because}: ${write}, or remove it`,
      'visibility-ignored',
    );
  }
  if (value !== undefined && !isLocal) {
    problems.refuse(
      `${path}${keyStep(VISIBILITY_LABEL)}`,
      `${quote(value)} is not "${CLUSTER_LOCAL}", the one value that counts, ${because}: write that, or leave it out`,
      'visibility-ignored',
    );
  }
  for (const label of [VISIBILITY_LABEL, OLDER_VISIBILITY_LABEL]) {
    if (templateLabels[label] === undefined || isLocal) continue;
    problems.refuse(
      `spec.template.${path}${keyStep(label)}`,
      `this label does nothing on a template, ${because}: ${write} on the service itself, or remove it`,
      'visibility-ignored',
    );
  }
}

/** The annotations of an object, or of a template. Go reads `null` as an empty text. */
export function annotationsOf(metadata: Json | undefined): Texts {
  const annotations = mapping(at(metadata, 'annotations'));
  if (!Object.values(annotations).includes(null)) return strings(annotations);
  return strings(Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, value ?? ''])));
}
