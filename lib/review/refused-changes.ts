import { groupKindOf } from '../model/pod-template';
import type { ObjectChange } from './object-changes';
import { pathText } from './path';
import { keptName } from './revision-changes';

/** A change that the cluster refuses: Kubernetes, or a webhook of Serving. */
export interface RefusedChange {
  readonly object: string;

  /** In a line. */
  readonly why: string;
}

const SERVING_KINDS = ['serving.knative.dev/Service', 'serving.knative.dev/Configuration'];

/** Fields that cannot be changed once an object is there. Source: Kubernetes 1.34, the validation packages below `pkg/apis`. */
const IMMUTABLE: readonly { readonly kinds: readonly string[]; readonly field: RegExp }[] = [
  { kinds: ['Deployment', 'DaemonSet', 'StatefulSet', 'Job'], field: /^spec\.selector\b/ },
  { kinds: ['Job'], field: /^spec\.(template|completionMode)\b/ },
  { kinds: ['StatefulSet'], field: /^spec\.(serviceName|podManagementPolicy|volumeClaimTemplates)\b/ },
  { kinds: ['RoleBinding', 'ClusterRoleBinding'], field: /^roleRef\b/ },
  { kinds: ['CustomResourceDefinition'], field: /^spec\.(group|names\.(plural|kind)|scope)$/ },
  { kinds: ['PersistentVolumeClaim'], field: /^spec\.(accessModes|storageClassName|volumeName|selector)\b/ },
  { kinds: ['StorageClass'], field: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/ },
  { kinds: ['Secret'], field: /^type$/ },
];

/** What of a change the cluster refuses: mostly the object must be deleted first, and made again. */
export function refusedChanges({ object, kind, from, to, differences }: ObjectChange): RefusedChange[] {
  if (kind !== 'changed' || from === undefined || to?.metadata.name === undefined) return [];
  const name = SERVING_KINDS.includes(groupKindOf(to)) ? keptName(from, to) : undefined;
  const template = differences.filter(({ path }) => path[0] === 'spec' && path[1] === 'template');
  if (name !== undefined && template.length > 0) {
    const fields = template.map(({ path }) => pathText(path)).join(', ');
    const why = `Serving refuses it: the template changes (${fields}), and the name of its revision, ${name}, does not: change spec.template.metadata.name too, or leave it out`;
    return [{ object, why }];
  }
  const frozen = from.immutable === true && (to.kind === 'ConfigMap' || to.kind === 'Secret');
  const rules = IMMUTABLE.filter(({ kinds }) => kinds.includes(to.kind));
  const fields = differences
    .map(({ path }) => pathText(path))
    .filter(
      (path) => rules.some(({ field }) => field.test(path)) || (frozen && /^(data|binaryData|immutable)\b/.test(path)),
    );
  return fields.map((field) => ({ object, why: `${field} cannot be changed in place: delete the object first` }));
}
