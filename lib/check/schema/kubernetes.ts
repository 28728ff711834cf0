import { createRequire } from 'node:module';
import { isMapping } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import { groupOf } from '../../objects/api-group';
import { RecordedFields } from './recorded-fields';
import type { SchemaError, SchemaProblem } from './schema-error';
import { schemaProblems, unknownField } from './schema-error';

/**
 * The version of Kubernetes whose schemas `kubernetes-models` 4.5.1 has, by the fields in them: those that are new in 1.33 are there
 * (`lifecycle.stopSignal`), those that are new in 1.34 are not (`restartPolicyRules`, `hostnameOverride`).
 */
export const KUBERNETES_VERSION = '1.33';

/** Where the schemas are from. */
export const SCHEMAS_PACKAGE = 'kubernetes-models 4.5.1';

/** A class of kubernetes-models: its validator throws all errors at once, and takes any object. */
interface Model {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly prototype: { validate(this: unknown): void };
}

/** Fields that Kubernetes has and the package's schemas leave out, wherever they are. */
const LEFT_OUT: readonly string[] = [
  'description',
  ...[
    'embedded-resource',
    'int-or-string',
    'list-map-keys',
    'list-type',
    'map-type',
    'preserve-unknown-fields',
    'validations',
  ].map((word) => `x-kubernetes-${word}`),
];

const load = createRequire(__filename);
const models = new Map<string, Model | undefined>();

/** The groups with a dot whose kinds Kubernetes itself has, as far as the package has their schemas. */
export const BUILT_IN_GROUPS: readonly string[] = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

/** Whether a group is of Kubernetes itself. */
export const isBuiltInGroup = (group: string): boolean => !group.includes('.') || BUILT_IN_GROUPS.includes(group);

/** What is wrong with an object of a built-in kind: by its schema, and every field that the schema does not name. */
export function builtInProblems(manifest: Manifest): SchemaProblem[] {
  const { apiVersion, kind } = manifest;
  const model = modelOf(apiVersion, kind);
  if (model === undefined) {
    return [
      {
        path: 'kind',
        message: `Kubernetes ${KUBERNETES_VERSION} has no ${kind} in ${apiVersion}: correct apiVersion or kind`,
      },
    ];
  }
  const fields = new RecordedFields(manifest);
  return [
    ...schemaProblems(manifest, errorsOf(model, fields.view)),
    ...fields.unread
      .filter(({ path }) => !LEFT_OUT.includes(String(path.at(-1))))
      .map(({ path, asked }) => unknownField(manifest, path, asked)),
  ];
}

/**
 * What is wrong with the metadata of an object, which Kubernetes itself reads whatever the kind is.
 *
 * @param manifest of a kind that is not of Kubernetes itself
 */
export function metadataProblems({ metadata }: Manifest): SchemaProblem[] {
  // A ConfigMap need have nothing else.
  return isPlain(metadata) ? [] : builtInProblems({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

/** Whether metadata is what nearly all have, which needs no schema: names, and labels and annotations that are texts. */
function isPlain(metadata: Manifest['metadata']): boolean {
  for (const key of Object.keys(metadata)) {
    const value = metadata[key];
    if (key === 'labels' || key === 'annotations') {
      if (!isMapping(value) || !Object.values(value).every((one) => typeof one === 'string')) return false;
    } else if (key !== 'name' && key !== 'namespace') return false;
  }
  return true;
}

function errorsOf(model: Model, object: unknown): readonly SchemaError[] {
  try {
    model.prototype.validate.call(object);
    return [];
  } catch (error) {
    if (error instanceof Error && 'errors' in error) return error.errors as SchemaError[];
    throw error;
  }
}

/** A kind's class, read when it is first asked for: reading all of them takes a second. */
function modelOf(apiVersion: string, kind: string): Model | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!models.has(key)) models.set(key, loadModel(apiVersion, kind));
  return models.get(key);
}

function loadModel(apiVersion: string, kind: string): Model | undefined {
  if (!/^([a-z0-9.-]+\/)?v[a-z0-9]+$/.test(apiVersion) || !/^[A-Za-z0-9]+$/.test(kind)) return undefined;
  try {
    const model = (load(`kubernetes-models/${apiVersion}/${kind}`) as Record<string, Model | undefined>)[kind];
    // The package has classes for parts of objects as well, such as Container.
    return model?.kind === kind && model.apiVersion === apiVersion ? model : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
    throw error;
  }
}

/** Whether an object is of Kubernetes itself. */
export const isBuiltIn = ({ apiVersion }: Manifest): boolean => isBuiltInGroup(groupOf(apiVersion));
