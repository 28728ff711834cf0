import { groupOf } from '../../objects/api-group';
import { at, isMapping, text } from '../../objects/json';
import type { Json, PlatformObject } from '../../objects/manifest';
import { valuesAt } from '../../objects/values-at';
import type { ObjectIndex } from '../object-index';
import { inTemplate } from '../pod-template';
import { serviceOfAddress } from './mapping-service';
import type { Kind, Reference, Target } from './reference';
import type { ReferringField } from './referring-fields';
import { CLUSTER_SCOPED, POD_FIELDS, REFERRING_FIELDS } from './referring-fields';

/** A field that names an object of a kind that is not taken there. */
export interface RefusedKind {
  readonly object: PlatformObject;
  readonly path: string;
  readonly kind: string;
  readonly taken: readonly string[];
}

/** All by which objects name others, as far as fields are known that do. */
export function referencesIn(objects: ObjectIndex): Reference[] {
  const ofFields = REFERRING_FIELDS.flatMap((field) =>
    objects.ofKind(field.from.group, field.from.kind).flatMap((object) => referencesOf(object, field, objects)),
  );
  return [...ofFields, ...referencesOfPods(objects)];
}

/** The policies for a whole namespace that is not their own, which Linkerd refuses. */
export const policiesOfOthers = (objects: ObjectIndex): PlatformObject[] =>
  objects.ofKind('policy.linkerd.io', 'AuthorizationPolicy').filter(({ manifest: { metadata, spec } }) => {
    const target = at(spec, 'targetRef');
    return at(target, 'kind') === 'Namespace' && at(target, 'name') !== (metadata.namespace ?? 'default');
  });

/** The fields that name an object of a kind that their readers refuse. */
export function refusedKinds(objects: ObjectIndex): RefusedKind[] {
  return REFERRING_FIELDS.filter(({ closed }) => closed).flatMap(({ from, path: pattern, to }) =>
    objects.ofKind(from.group, from.kind).flatMap((object) =>
      valuesAt(object.manifest, pattern)
        .filter(({ value }) => isMapping(value) && kindOf(value, to) === undefined)
        .map(({ path, value }) => ({
          object,
          path: `${path}.kind`,
          kind: text(at(value, 'kind')) ?? '',
          taken: [...new Set(to.map(({ kind }) => kind))],
        })),
    ),
  );
}

function referencesOf(object: PlatformObject, field: ReferringField, objects: ObjectIndex): Reference[] {
  return valuesAt(object.manifest, field.path).flatMap(({ path, value }) => {
    const target = targetOf(value, field, object, objects);
    return target === undefined ? [] : [{ object, path, target, without: field.without }];
  });
}

function referencesOfPods(objects: ObjectIndex): Reference[] {
  return objects.podTemplates.flatMap(({ object, path: template, spec }) =>
    POD_FIELDS.flatMap((field) =>
      valuesAt(spec, field.path).flatMap(({ path, value }) => {
        if (at(value, 'optional') === true) return [];
        const target = targetOf(value, field, object, objects);
        const within = inTemplate({ path: template }, `spec.${path}`);
        return target === undefined ? [] : [{ object, path: within, target, without: field.without }];
      }),
    ),
  );
}

function targetOf(
  value: Json,
  { to, address = false }: Omit<ReferringField, 'from'>,
  object: PlatformObject,
  objects: ObjectIndex,
): Target | undefined {
  const own = object.manifest.metadata.namespace ?? 'default';
  const [first] = to;
  if (typeof value === 'string') {
    if (first === undefined || value === '') return undefined;
    if (!address) return { ...first, namespace: own, name: value };
    const service = serviceOfAddress(value, object, objects);
    return service && { ...first, ...service };
  }
  const [kind, name] = [kindOf(value, to), text(at(value, 'name'))];
  if (kind === undefined || name === undefined || name === '' || CLUSTER_SCOPED.includes(kind.kind)) return undefined;
  return { ...kind, namespace: text(at(value, 'namespace')) ?? own, name };
}

/** The kind that a mapping chooses. Where it names none it is the first one. */
function kindOf(value: unknown, to: readonly Kind[]): Kind | undefined {
  const [named, apiVersion] = [text(at(value, 'kind')), text(at(value, 'apiVersion'))];
  if (named === undefined) return to[0];
  const group = text(at(value, 'group')) ?? (apiVersion === undefined ? undefined : groupOf(apiVersion));
  // The core's group is written as nothing, and by some as `core`.
  const wanted = group === 'core' ? '' : group;
  return to.find(({ kind, group: one }) => kind === named && (wanted === undefined || wanted === one));
}
