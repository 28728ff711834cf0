import { at, list, strings, text, texts } from '../objects/json';
import { groupOf } from '../objects/api-group';
import type { Manifest } from '../objects/manifest';
import type { PodTemplate } from './pod-template';

export const EMISSARY_GROUP = 'getambassador.io';

/** Whether an object is of a kind of Emissary's own. */
export const isEmissarys = ({ apiVersion }: Manifest): boolean => groupOf(apiVersion) === EMISSARY_GROUP;

/** The Ambassadors that an object is for, by their ids. */
export type AmbassadorIds = readonly string[] | 'every';

/** The id of an Ambassador, and of an object, that names none. */
const DEFAULT_ID = 'default';

/**
 * The Ambassadors that read an object: what it names, otherwise `default`. Kinds of others name one, by an annotation.
 * Source: Emissary 4.1.0, `good_ambassador_id` of its `config.py`, and `k8sobject.py`.
 */
export function ambassadorIdsOf(manifest: Manifest): AmbassadorIds {
  if (!isEmissarys(manifest)) {
    return [strings(manifest.metadata.annotations)[`${EMISSARY_GROUP}/ambassador-id`] ?? DEFAULT_ID];
  }
  const said = at(manifest.spec, 'ambassadorId') ?? at(manifest.spec, 'ambassador_id') ?? DEFAULT_ID;
  const ids = typeof said === 'string' ? [said] : texts(said);
  return Array.isArray(said) && ids.length === 1 && ids[0] === '_automatic_' ? 'every' : ids;
}

/** The id of the Ambassador that a template's pods are; `every` where that cannot be told from the template. */
export function ambassadorIdOfPods({ containers }: PodTemplate): AmbassadorIds {
  const variable = containers
    .flatMap(({ fields }) => list(fields.env))
    .find((one) => at(one, 'name') === 'AMBASSADOR_ID');
  if (variable === undefined) return [DEFAULT_ID];
  const id = text(at(variable, 'value'));
  return id === undefined ? 'every' : [id];
}

/** Those Ambassadors that are among all of these. */
export const commonIds = (...all: readonly AmbassadorIds[]): AmbassadorIds =>
  all.reduce((common, ids) => {
    if (common === 'every') return ids;
    return ids === 'every' ? common : common.filter((id) => ids.includes(id));
  }, 'every');

/** Whether one Ambassador reads all of these objects. */
export const shareAmbassador = (...manifests: readonly Manifest[]): boolean =>
  commonIds(...manifests.map(ambassadorIdsOf)).length > 0;
