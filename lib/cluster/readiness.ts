import { at, list, mapping, number, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';
import { kindOf } from './kinds';

/** Why what needs an object has to wait, in a clause; `undefined` if it need not. */
type Readiness = (manifest: Manifest) => string | undefined;

const condition = (type: string): Readiness => {
  return ({ status, metadata }) => {
    const found = list(at(status, 'conditions')).find((one) => at(one, 'type') === type);
    const observed = number(at(status, 'observedGeneration'));
    if (observed !== undefined && observed < (number(metadata.generation) ?? 0))
      return 'its controller has not seen it';
    if (found === undefined) return `not ${type} yet`;
    if (at(found, 'status') === 'True') return undefined;
    const said = [text(at(found, 'reason')), text(at(found, 'message'))].filter(
      (one) => one !== undefined && one !== '',
    );
    return `not ${type}${said.length === 0 ? '' : `: ${said.join(': ')}`}`;
  };
};

const all =
  (...each: readonly Readiness[]): Readiness =>
  (manifest) =>
    each.map((one) => one(manifest)).find((why) => why !== undefined);

/** As `kubectl rollout status` has it. */
const rolledOut: Readiness = ({ spec, status, metadata }) => {
  const count = (...path: string[]): number => number(at(status, ...path)) ?? 0;
  const wanted = number(at(spec, 'replicas')) ?? 1;
  if (count('observedGeneration') < (number(metadata.generation) ?? 0)) return 'its controller has not seen it';
  const late = list(at(status, 'conditions')).find((one) => at(one, 'reason') === 'ProgressDeadlineExceeded');
  const behind = late === undefined ? '' : ', and its progress deadline is over';
  if (count('updatedReplicas') < wanted)
    return `${count('updatedReplicas')} of ${wanted} pods are of this version${behind}`;
  if (count('replicas') > count('updatedReplicas'))
    return `${count('replicas') - count('updatedReplicas')} pods of the version before still run${behind}`;
  if (count('availableReplicas') < wanted)
    return `${count('availableReplicas')} of ${wanted} pods are available${behind}`;
  return undefined;
};

const onEveryNode: Readiness = ({ status, metadata }) => {
  const wanted = number(at(status, 'desiredNumberScheduled')) ?? 0;
  const available = Math.min(
    number(at(status, 'numberAvailable')) ?? 0,
    number(at(status, 'updatedNumberScheduled')) ?? 0,
  );
  if ((number(at(status, 'observedGeneration')) ?? 0) < (number(metadata.generation) ?? 0))
    return 'its controller has not seen it';
  return available < wanted ? `${available} of ${wanted} pods are available` : undefined;
};

const trusted: Readiness = ({ webhooks }) => {
  const without = list(webhooks).filter((webhook) => (text(at(webhook, 'clientConfig', 'caBundle')) ?? '') === '');
  return without.length === 0 ? undefined : 'its controller has not filled in the CA bundle';
};

const active: Readiness = ({ status }) => {
  const phase = text(at(status, 'phase')) ?? 'Active';
  return phase === 'Active' ? undefined : `is ${phase}`;
};

/** What is waited for, and when it is there. Objects of other kinds are there once they are applied. */
const READINESS: Readonly<Record<string, Readiness>> = {
  '/Namespace': active,
  'apiextensions.k8s.io/CustomResourceDefinition': all(condition('NamesAccepted'), condition('Established')),
  'apps/Deployment': rolledOut,
  'apps/StatefulSet': rolledOut,
  'apps/DaemonSet': onEveryNode,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': trusted,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': trusted,
  'apiregistration.k8s.io/APIService': condition('Available'),
  'serving.knative.dev/Service': condition('Ready'),
};

/** Whether objects of a kind are waited for. */
export const isWaitedFor = (manifest: Manifest): boolean => kindOf(manifest) in READINESS;

/**
 * Why an object is not ready, in a clause; `undefined` if it is.
 *
 * @param manifest as it is in the cluster
 */
export function unready(manifest: Manifest): string | undefined {
  if (mapping(manifest.metadata).deletionTimestamp !== undefined) return 'is being deleted';
  return READINESS[kindOf(manifest)]?.(manifest);
}
