import type { ApiObject } from 'cdk8s';
import type { Manifest } from '../../objects/manifest';
import { asWritten, manifestToValidate } from '../../objects/manifest-of';
import { judgeServing } from '../../model/serving/judge';
import type { Admission } from './admission';

/**
 * What Serving says of a service as its props make it, each with its prop in front, but for props of which something is said already. What a user changes
 * on the object afterwards, with `addJsonPatch`, is the user's own.
 *
 * @param object the object that is written, if it is
 * @param made what its props make of it
 */
export function servingMistakes(object: ApiObject | undefined, made: object, admission: Admission): string[] {
  const { judged, words } = admission;
  const manifest = (object && manifestToValidate(object)) ?? asWritten(made) ?? rendered(object) ?? (made as Manifest);
  return judgeServing(manifest, judged, words)
    .map(({ path, message }) => ({ prop: words.place(path), message }))
    .filter(({ prop }) => !admission.isRefused(prop))
    .map(({ prop, message }) => `${prop}: ${message}`);
}

/** The manifest of an object as cdk8s itself renders it; `undefined` of one that it cannot, of which is said elsewhere. */
function rendered(object: ApiObject | undefined): Manifest | undefined {
  try {
    return object?.toJson() as Manifest | undefined;
  } catch {
    return undefined;
  }
}
