import type { Manifest, PlatformObject } from '../objects/manifest';
import type { JsonObject } from '../objects/json';
import { groupOf } from '../objects/api-group';
import { at, list, mapping, strings, text } from '../objects/json';

/** What pods are made of: the template of a workload or of a Knative Service, or a Pod itself. */
export interface PodTemplate {
  readonly object: PlatformObject;

  /** Where the template stands in the object; empty for a Pod. */
  readonly path: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: JsonObject;

  /** All containers, those of the start first. */
  readonly containers: readonly Container[];
}

/** A container and where it stands in the object. */
export interface Container {
  readonly path: string;
  readonly name: string;
  readonly image: string | undefined;
  readonly fields: JsonObject;
}

const SPEC_TEMPLATE = ['spec', 'template'];

/** Where kinds have their pod template, by group and kind. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  '/Pod': [],
  '/ReplicationController': SPEC_TEMPLATE,
  'apps/Deployment': SPEC_TEMPLATE,
  'apps/StatefulSet': SPEC_TEMPLATE,
  'apps/DaemonSet': SPEC_TEMPLATE,
  'apps/ReplicaSet': SPEC_TEMPLATE,
  'batch/Job': SPEC_TEMPLATE,
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'serving.knative.dev/Service': SPEC_TEMPLATE,
  'serving.knative.dev/Configuration': SPEC_TEMPLATE,
  'serving.knative.dev/Revision': [],
};

/** `apps/Deployment`: what kind of workload an object is, whatever the version of its API. The group of Kubernetes' core is the empty text. */
export const groupKindOf = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): string =>
  `${groupOf(apiVersion)}/${kind}`;

/** Where an object has its pod template; `undefined` if it has none. */
export function templatePathOf(manifest: Manifest): readonly string[] | undefined {
  const kind = groupKindOf(manifest);
  return Object.hasOwn(TEMPLATES, kind) ? TEMPLATES[kind] : undefined;
}

/** The pod template of an object; `undefined` if it has none. */
export function podTemplateOf(object: PlatformObject): PodTemplate | undefined {
  const { manifest } = object;
  const keys = templatePathOf(manifest);
  if (keys === undefined) return undefined;
  const template = at(manifest, ...keys);
  const metadata = mapping(at(template, 'metadata'));
  const spec = mapping(at(template, 'spec'));
  const path = keys.join('.');
  return {
    object,
    path,
    namespace: manifest.metadata.namespace ?? 'default',
    labels: strings(metadata.labels),
    annotations: strings(metadata.annotations),
    spec,
    containers: [...containersOf(spec, 'initContainers', path), ...containersOf(spec, 'containers', path)],
  };
}

/** A path within a template, as seen from the object. */
export const inTemplate = ({ path }: Pick<PodTemplate, 'path'>, rest: string): string =>
  path === '' ? rest : `${path}.${rest}`;

function containersOf(spec: JsonObject, field: string, path: string): Container[] {
  return list(spec[field]).map((container, index) => {
    const fields = mapping(container);
    return {
      path: inTemplate({ path }, `spec.${field}[${index}]`),
      name: text(fields.name) ?? '',
      image: text(fields.image),
      fields,
    };
  });
}

/** Whether it is that of a Knative Service's pods, to which Serving adds labels, a container and ports. */
export const isKnative = ({ object }: PodTemplate): boolean =>
  object.manifest.apiVersion.startsWith('serving.knative.dev/');

/** Whether the pods end by themselves. */
export const isJob = ({ object }: PodTemplate): boolean => ['Job', 'CronJob'].includes(object.manifest.kind);
