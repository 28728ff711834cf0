import { isMapping } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import { groupOf } from '../../objects/api-group';
import { KUBERNETES_VERSION } from '../../syntax/kubernetes-version';
import { RecordedFields } from './recorded-fields';
import { newSince } from './newer-fields';
import type { SchemaProblem } from './schema-error';
import { newerField, schemaProblems, unknownField } from './schema-error';
import { insteadOf, isBuiltInGroup } from './served-kinds';
import { validatorOf } from './validators';

/**
 * Where the schemas are from. This version has those of Kubernetes 1.36, and of older ones for kinds that are gone: `served-kinds.ts` and
 * `newer-fields.ts` make of them what the oldest Kubernetes has, and are to be gone over for any other version.
 */
export const SCHEMAS_PACKAGE = 'kubernetes-models 5.1.0';

/** Fields that Kubernetes has and the package's schemas leave out, by kind, wherever they are. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  CustomResourceDefinition: [
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
  ],
  PriorityClass: ['description'],
};

/** What is wrong with an object of a built-in kind: by its schema, and every field that the schema does not name. */
export function builtInProblems(manifest: Manifest): SchemaProblem[] {
  const { apiVersion, kind } = manifest;
  const validate = validatorOf(apiVersion, kind);
  if (validate === undefined) {
    const message = `Kubernetes ${KUBERNETES_VERSION} serves no ${kind} in ${apiVersion}: ${insteadOf(apiVersion, kind)}`;
    return [{ path: 'kind', message }];
  }
  const fields = new RecordedFields(manifest, (path) => newSince(kind, path) !== undefined);
  validate(fields.view);
  return [
    ...schemaProblems(manifest, validate.errors ?? []),
    ...fields.unread
      .filter(({ path }) => LEFT_OUT[kind]?.includes(String(path.at(-1))) !== true)
      .map(({ path, asked }) => {
        const since = newSince(kind, path);
        return since === undefined ? unknownField(manifest, path, asked) : newerField(manifest, path, since);
      }),
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

/** Whether an object is of Kubernetes itself. */
export const isBuiltIn = ({ apiVersion }: Manifest): boolean => isBuiltInGroup(groupOf(apiVersion));
