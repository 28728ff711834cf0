import { at, list, strings, text } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import { LAST_APPLIED } from '../../objects/server-fields';
import { FIELD_MANAGER } from '../managed-fields';

/**
 * An object as it is given to a server-side apply: with the annotation of plain `kubectl apply`, so that this can go on afterwards, and remove
 * what is no longer rendered. The API server fills it in where it is there and not empty. Where plain `kubectl apply` has written it, the API server keeps it
 * as well, and giving it would be a conflict. Secrets go without: their values have no place in an annotation.
 *
 * @param live the object in the cluster; `undefined` if it is not there
 */
export function withLastApplied(manifest: Manifest, live: Manifest | undefined): Manifest {
  if (manifest.kind === 'Secret') return manifest;
  if (live !== undefined && at(live.metadata.annotations, LAST_APPLIED) !== undefined && !isOwn(live)) return manifest;
  const annotations = { ...strings(manifest.metadata.annotations), [LAST_APPLIED]: '{}' };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

function isOwn({ metadata }: Manifest): boolean {
  return list(metadata.managedFields).some(
    (entry) =>
      text(at(entry, 'manager')) === FIELD_MANAGER &&
      text(at(entry, 'operation')) === 'Apply' &&
      at(entry, 'fieldsV1', 'f:metadata', 'f:annotations', `f:${LAST_APPLIED}`) !== undefined,
  );
}
