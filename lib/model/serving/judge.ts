import { entryOf } from '../../objects/entry-of';
import { at, mapping, strings, text } from '../../objects/json';
import type { Json, Manifest } from '../../objects/manifest';
import { quote } from '../../syntax/quote';
import { ROLLOUT_DURATION, checkWholeSeconds } from './annotations';
import type { ServingConfig } from './config';
import { DOMAIN_MAPPING_SPEC, checkDomainMapping } from './domain-mapping';
import { annotationsOf, checkName, checkNoScale, checkOwner, checkSyntax, checkVisibility } from './metadata';
import { METADATA } from './metadata-fields';
import { REVISION_SPEC } from './pod-fields';
import type { ServingProblem } from './problem';
import { Problems } from './problem';
import type { Shape } from './shape';
import { ANY, TEXT, checkShape, fields } from './shape';
import { checkTemplate } from './template';
import { TRAFFIC, checkTraffic } from './traffic';
import type { Words } from './words';
import { YAML_WORDS } from './words';

/** The API group of Knative Serving. */
export const SERVING_GROUP = 'serving.knative.dev';

/** The kinds of Knative Serving's API, and the one version in which each is served. Source: Serving 1.23.0, `config/core/300-resources`. */
export const SERVED_VERSIONS: Readonly<Record<string, string>> = {
  Service: 'v1',
  Route: 'v1',
  Configuration: 'v1',
  Revision: 'v1',
  DomainMapping: 'v1beta1',
};

const TEMPLATE = fields({ metadata: METADATA, spec: REVISION_SPEC });
const object = (spec: Shape): Shape => fields({ apiVersion: TEXT, kind: TEXT, metadata: METADATA, spec, status: ANY });

const SHAPES: Readonly<Record<string, Shape>> = {
  Service: object(fields({ template: TEMPLATE, traffic: TRAFFIC })),
  Configuration: object(fields({ template: TEMPLATE })),
  Route: object(fields({ traffic: TRAFFIC })),
  DomainMapping: object(DOMAIN_MAPPING_SPEC),
};

/**
 * What Serving says of an object of its API when it is created, as its webhook defaults and validates it, with what it takes
 * although it does not do what its author wants ({@link ServingProblem.stricter}). Whether what it refers to is there is not looked at. A
 * Revision, which Serving makes itself, is asked for its version alone. Source: Serving 1.23.0, `pkg/apis/serving`.
 *
 * @param words how messages name other places and settings
 */
export function judgeServing(manifest: Manifest, config: ServingConfig, words: Words = YAML_WORDS): ServingProblem[] {
  const problems = new Problems(words);
  const { apiVersion, kind, metadata, spec } = manifest;
  const version = Object.hasOwn(SERVED_VERSIONS, kind) ? SERVED_VERSIONS[kind] : undefined;
  if (version === undefined) {
    problems.refuse(
      'kind',
      `${quote(kind)} is no kind of ${SERVING_GROUP}: there are ${Object.keys(SERVED_VERSIONS).join(', ')}`,
    );
    return problems.all;
  }
  if (apiVersion !== `${SERVING_GROUP}/${version}`) {
    problems.refuse(
      'apiVersion',
      `${quote(apiVersion)} is not served: write ${quote(`${SERVING_GROUP}/${version}`)}, whose fields may differ`,
    );
    return problems.all;
  }
  const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : undefined;
  if (shape === undefined) return [];
  const key = keyOf(config);
  if (taken.get(manifest) === key) return [];
  checkShape(problems, config, '', manifest as Json, shape);
  if (kind === 'DomainMapping') checkDomainMapping(problems, metadata as Json | undefined, spec as Json | undefined);
  else checkObject(problems, config, kind, metadata as Json | undefined, spec as Json | undefined);
  if (problems.all.length === 0) taken.set(manifest, key);
  return problems.all;
}

/** Objects of which nothing is said, and under which configuration: those of a platform are judged when they are made and when they are checked. */
const taken = new WeakMap<Manifest, string>();

const keys = new WeakMap<ServingConfig, string>();

/** What counts of a configuration where nothing is said. */
const keyOf = (config: ServingConfig): string =>
  entryOf(keys, config, () => JSON.stringify([config.features, config.defaults, config.autoscaler, config.network]));

function checkObject(
  problems: Problems,
  config: ServingConfig,
  kind: string,
  metadata: Json | undefined,
  spec: Json | undefined,
): void {
  const annotations = annotationsOf(metadata);
  checkName(problems, metadata);
  checkSyntax(problems, 'metadata', metadata);
  checkNoScale(problems, annotations);
  if (kind !== 'Configuration') checkWholeSeconds(problems, 'metadata.annotations', annotations, ROLLOUT_DURATION);
  if (kind !== 'Service') checkOwner(problems, metadata);
  const template = at(spec, 'template');
  if (kind !== 'Configuration') {
    checkVisibility(problems, strings(at(metadata, 'labels')), mapping(at(template, 'metadata', 'labels')));
  }
  if (kind !== 'Route') checkTemplate(problems, config, metadata, template);
  if (kind !== 'Configuration') {
    checkTraffic(
      problems,
      config,
      kind === 'Route' ? 'Route' : 'Service',
      text(at(metadata, 'name')) ?? '',
      at(spec, 'traffic'),
    );
  }
}
