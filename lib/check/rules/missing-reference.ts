import { exists, namesOf } from '../../model/references/existing';
import type { UnclaimedDomain } from '../../model/references/domain-claim';
import { unclaimedDomains } from '../../model/references/domain-claim';
import type { Reference, Target } from '../../model/references/reference';
import { describeTarget } from '../../model/references/reference';
import { policiesOfOthers, referencesIn, refusedKinds } from '../../model/references/references';
import { SECRET } from '../../model/references/referring-fields';
import { serversWithoutPods } from '../../model/policy/server';
import { nearest } from '../../syntax/nearest';
import { at, text } from '../../objects/json';
import { quote } from '../../syntax/quote';
import type { ObjectIndex } from '../../model/object-index';
import type { PlatformObject } from '../../objects/manifest';
import type { Problem, Severity } from '../finding';
import type { Rule } from '../rule';

/** What is read may be a part of what is applied, so that a name is surely wrong only where the rest of its namespace is there. */
export const missingReference: Rule = {
  id: 'missing-reference',
  group: 'objects',
  severity: 'error',
  title: 'everything that an object names is there',
  check: (objects, { elsewhere = [] }) => [
    ...referencesIn(objects)
      .filter(({ target }) => !elsewhere.includes(target.namespace) && !exists(target, objects))
      .map((reference) => missing(reference, objects)),
    ...refusedKinds(objects).map(({ object, path, kind, taken }) => ({
      object,
      path,
      message: `${quote(kind)} is refused by Linkerd here: write ${taken.join(', ')}`,
      value: kind,
    })),
    ...policiesOfOthers(objects).map((object) => ({
      object,
      path: 'spec.targetRef',
      message: `the namespace ${quote(text(at(object.manifest.spec, 'targetRef', 'name')) ?? '')} is not its own, and Linkerd refuses that: put the policy there`,
    })),
    ...unclaimedDomains(objects).map(unclaimed),
    ...serversWithoutPods(objects)
      .filter(({ manifest: { metadata } }) => !elsewhere.includes(metadata.namespace ?? 'default'))
      .map((object) => ({
        object,
        path: 'spec.podSelector',
        message:
          'selects no pod template that is among the objects, so that it is about nothing: correct its labels, or remove it',
        severity: ofNoPods(object, objects),
      })),
  ],
};

function missing({ object, path, target, without }: Reference, objects: ObjectIndex): Problem {
  const severity = severityOf(target, objects);
  const meant = nearest(target.name, namesOf(target, objects));
  const made = severity === 'note' ? ', nor is what makes it' : '';
  const others = severity === 'note' ? [] : ['correct the name, or add it'];
  const remedy = meant === undefined ? others : [`did you mean ${quote(meant)}?`];
  return {
    object,
    path,
    message: [`${describeTarget(target)} is not among the objects${made}`, without, ...remedy].join(': '),
    value: describeTarget(target),
    severity,
  };
}

/** How grave it is that nothing has a name. Secrets are seldom kept with the rest. */
function severityOf(target: Pick<Target, 'group' | 'kind' | 'namespace'>, objects: ObjectIndex): Severity {
  const { group, kind, namespace } = target;
  if (group === SECRET.group && kind === SECRET.kind) return 'note';
  const known = objects.namespace(namespace) !== undefined || objects.inNamespace(group, kind, namespace).length > 0;
  return known ? 'error' : 'warning';
}

const ofNoPods = ({ manifest: { metadata } }: PlatformObject, objects: ObjectIndex): Severity => {
  const namespace = metadata.namespace ?? 'default';
  return objects.namespace(namespace) !== undefined || objects.podTemplatesIn(namespace).length > 0
    ? 'error'
    : 'warning';
};

function unclaimed({ object, claimedBy, sure }: UnclaimedDomain): Problem {
  const { name = '', namespace = 'default' } = object.manifest.metadata;
  const message =
    claimedBy === undefined
      ? `no ClusterDomainClaim ${name} is among the objects, and Serving makes none unless autocreate-cluster-domain-claims is true in config-network: the domain answers nothing: add one whose spec.namespace is ${quote(namespace)}`
      : `the ClusterDomainClaim ${name} is for the namespace ${quote(claimedBy)}: the domain answers nothing: put the DomainMapping there, or change the claim`;
  return {
    object,
    path: 'metadata.name',
    message,
    value: `ClusterDomainClaim ${name}`,
    severity: sure ? 'error' : 'warning',
  };
}
