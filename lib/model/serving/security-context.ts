import { at, list, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Problems } from './problem';

/** The largest number of a user or a group. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const MAX_ID = 2 ** 31 - 1;

/** Records what is wrong with the security context of a container. */
export function checkSecurityContext(problems: Problems, path: string, context: Json | undefined): void {
  for (const name of ['runAsUser', 'runAsGroup']) checkId(problems, `${path}.${name}`, at(context, name));
  checkSeccomp(problems, `${path}.seccompProfile`, at(context, 'seccompProfile'));
}

/** Records what is wrong with the security context of a pod. */
export function checkPodSecurityContext(problems: Problems, path: string, context: Json | undefined): void {
  checkSecurityContext(problems, path, context);
  checkId(problems, `${path}.fsGroup`, at(context, 'fsGroup'));
  list(at(context, 'supplementalGroups')).forEach((group, index) => {
    checkId(problems, `${path}.supplementalGroups[${index}]`, group);
  });
}

function checkId(problems: Problems, path: string, id: Json | undefined): void {
  if (typeof id === 'number' && Number.isInteger(id)) problems.refuse(path, wholeNumberProblem(id, 0, MAX_ID));
}

function checkSeccomp(problems: Problems, path: string, profile: Json | undefined): void {
  const type = text(at(profile, 'type')) ?? '';
  const isLocal = type === 'Localhost';
  if (type === '' || isLocal === ((text(at(profile, 'localhostProfile')) ?? '') !== '')) return;
  problems.refuse(
    `${path}.localhostProfile`,
    isLocal ? 'is missing: name the profile, or choose another type' : `does not go with the type ${type}: remove it`,
    'kubernetes',
  );
}
