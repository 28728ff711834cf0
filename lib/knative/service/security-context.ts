import type { PodSecurityContext, SeccompProfile, SecurityContext } from '../../../imports/serving.knative.dev';
import { MAX_ID } from '../../model/serving/security-context';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Admission } from './admission';

/** Checks what a container may do. Source: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`. */
export function checkSecurityContext(admission: Admission, path: string, context: SecurityContext): void {
  checkIds(admission, path, context, ['runAsUser', 'runAsGroup']);
  if (context.seccompProfile) checkSeccomp(admission, `${path}.seccompProfile`, context.seccompProfile);
  const add = context.capabilities?.add;
  const securePodsBind = securePodDefaults(admission) && add?.length === 1 && add[0] === 'NET_BIND_SERVICE';
  if (add !== undefined && !securePodsBind) {
    admission.requireFlag(`${path}.capabilities.add`, 'kubernetesContainerspecAddcapabilities');
  }
}

/** Checks what all containers of a pod may do. Source: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`. */
export function checkPodSecurityContext(admission: Admission, path: string, context: PodSecurityContext): void {
  const { seccompProfile, supplementalGroups = [] } = context;
  const onlySeccomp = Object.keys(context).every((field) => field === 'seccompProfile');
  if (!(securePodDefaults(admission) && onlySeccomp && seccompProfile?.type !== 'Localhost')) {
    admission.requireFlag(path, 'kubernetesPodspecSecuritycontext');
  }
  checkIds(admission, path, context, ['runAsUser', 'runAsGroup', 'fsGroup']);
  for (const [index, group] of supplementalGroups.entries()) {
    admission.refuse(`${path}.supplementalGroups[${index}]`, wholeNumberProblem(group, 0, MAX_ID));
  }
  if (seccompProfile) checkSeccomp(admission, `${path}.seccompProfile`, seccompProfile);
}

const securePodDefaults = ({ config }: Admission): boolean => config.features.securePodDefaults !== 'disabled';

function checkIds<Field extends string>(
  admission: Admission,
  path: string,
  context: Readonly<Partial<Record<Field, number>>>,
  fields: readonly Field[],
): void {
  for (const field of fields) {
    const id = context[field];
    if (id !== undefined) admission.refuse(`${path}.${field}`, wholeNumberProblem(id, 0, MAX_ID));
  }
}

function checkSeccomp(admission: Admission, path: string, { type, localhostProfile }: SeccompProfile): void {
  if ((type === 'Localhost') === (localhostProfile !== undefined)) return;
  admission.refuse(
    `${path}.localhostProfile`,
    type === 'Localhost'
      ? 'is missing: name the profile, or choose another type'
      : `does not go with the type ${type}: remove it`,
  );
}
