import { at, list } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Problems } from './problem';

/** The largest number of a user or a group. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
export const MAX_ID = 2 ** 31 - 1;

/** Records what is wrong with the numbers of users and groups in a security context. */
export function checkIds(problems: Problems, path: string, context: Json | undefined, names: readonly string[]): void {
  for (const name of names) checkId(problems, `${path}.${name}`, at(context, name));
}

/** Records what is wrong with the security context of a pod. */
export function checkPodSecurityContext(problems: Problems, path: string, context: Json | undefined): void {
  checkIds(problems, path, context, ['runAsUser', 'runAsGroup', 'fsGroup']);
  list(at(context, 'supplementalGroups')).forEach((group, index) => {
    checkId(problems, `${path}.supplementalGroups[${index}]`, group);
  });
}

function checkId(problems: Problems, path: string, id: Json | undefined): void {
  if (typeof id === 'number' && Number.isInteger(id)) problems.refuse(path, wholeNumberProblem(id, 0, MAX_ID));
}
