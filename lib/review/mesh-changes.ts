import { isMeshed } from '../model/mesh';
import type { ObjectIndex } from '../model/object-index';
import type { PodTemplate } from '../model/pod-template';
import { groupKindOf } from '../model/pod-template';
import { describeObject, objectKey } from '../objects/manifest';
import type { ObjectChange } from './object-changes';

/** That pods get or lose their proxy, and with it their identity and mTLS. */
export interface MeshChange {
  readonly object: string;
  readonly kind: 'joins' | 'leaves';
}

/** A pod template on both sides. */
export interface TemplatePair {
  readonly from: PodTemplate;
  readonly to: PodTemplate;
}

/** The pod templates of objects that are on both sides. */
export function templatePairs(from: ObjectIndex, to: ObjectIndex): TemplatePair[] {
  const before = new Map(from.podTemplates.map((template) => [objectKey(template.object.manifest), template]));
  return to.podTemplates.flatMap((template) => {
    const found = before.get(objectKey(template.object.manifest));
    return found === undefined ? [] : [{ from: found, to: template }];
  });
}

/** Kinds that decide for pods of other objects whether these are in the mesh. */
const DECIDING = ['/Namespace', '/ServiceAccount', 'admissionregistration.k8s.io/MutatingWebhookConfiguration'];

/** Whether changes may decide it for pods whose own objects do not change. */
function decidesForOthers(changes: readonly ObjectChange[]): boolean {
  return changes.some(({ object, from, to }) => {
    const manifest = to ?? from;
    return (
      object === 'ConfigMap linkerd/linkerd-config' ||
      (manifest !== undefined && DECIDING.includes(groupKindOf(manifest)))
    );
  });
}

/** Which pods are in the mesh on one side alone. Where a namespace is among the objects of one side alone, what it says on the other is not known. */
export function meshChanges(
  pairs: readonly TemplatePair[],
  from: ObjectIndex,
  to: ObjectIndex,
  changes: readonly ObjectChange[],
): MeshChange[] {
  const others = decidesForOthers(changes);
  const changed = new Set(changes.map(({ object }) => object));
  return pairs.flatMap((pair): MeshChange[] => {
    if (!others && !changed.has(describeObject(pair.to.object.manifest))) return [];
    const { namespace, object } = pair.to;
    if ((from.namespace(namespace) === undefined) !== (to.namespace(namespace) === undefined)) return [];
    const [was, is] = [isMeshed(pair.from, from), isMeshed(pair.to, to)];
    return was === is ? [] : [{ object: describeObject(object.manifest), kind: is ? 'joins' : 'leaves' }];
  });
}
