import { at, text } from '../../objects/json';

/**
 * Whether a reference in one of Linkerd's policies is to a kind of a group. Without a group it is to Kubernetes' core, whatever the kind is
 * called. Source: Linkerd edge-26.8.3, `policy-controller/k8s/api/src/policy.rs`.
 */
export const refersTo = (ref: unknown, group: string, kind: string): boolean =>
  isSame(text(at(ref, 'kind')) ?? '', kind) && isSame(orCore(text(at(ref, 'group')) ?? ''), orCore(group));

const orCore = (group: string): string => (group === '' ? 'core' : group);

const isSame = (given: string, name: string): boolean => given.toLowerCase() === name.toLowerCase();
