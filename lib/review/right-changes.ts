import { at, list, strings, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';
import { nameOf } from '../objects/manifest';
import { isAggregated, selectedRoles, withAggregatedRules } from './aggregated-roles';
import type { Right } from './rights';
import { covers, isPowerful, rightsOf, targetText } from './rights';

/** Rights that a subject has from now on, or has no more. Those that others of its rights include are left out. */
export interface RightChange {
  /** `ServiceAccount ambassador/ambassador`, `Group system:masters`, or who can be told only by a role. */
  readonly subject: string;
  readonly kind: 'gains' | 'loses';

  /** The namespace that they are for; `undefined` for the whole cluster. */
  readonly namespace: string | undefined;
  readonly verbs: readonly string[];

  /** What the verbs are on: `deployments.apps/status`, `secrets "ca"`, `/metrics`. */
  readonly targets: readonly string[];

  /** Whether they lead to more than they say, or have a wildcard. */
  readonly powerful: boolean;
}

interface Grant {
  readonly subject: string;
  readonly namespace: string | undefined;
  readonly right: Right;
}

/** Who gains and who loses which rights between two sets of objects. */
export function rightChanges(from: readonly Manifest[], to: readonly Manifest[]): RightChange[] {
  const [before, after] = [bySubject(grantsOf(from)), bySubject(grantsOf(to))];
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort();
  return subjects.flatMap((subject) => {
    const [had, has] = [widest(before.get(subject) ?? []), widest(after.get(subject) ?? [])];
    return [
      ...grouped(
        'gains',
        has.filter((grant) => !included(grant, had)),
      ),
      ...grouped(
        'loses',
        had.filter((grant) => !included(grant, has)),
      ),
    ];
  });
}

/** Grants without those that others of them include. */
function widest(grants: readonly Grant[]): Grant[] {
  const kept: Grant[] = [];
  for (const grant of grants) {
    if (included(grant, kept)) continue;
    kept.splice(0, kept.length, ...kept.filter((other) => !included(other, [grant])), grant);
  }
  return kept;
}

const included = (grant: Grant, others: readonly Grant[]): boolean =>
  others.some(
    (other) =>
      (other.namespace === undefined || other.namespace === grant.namespace) && covers(other.right, grant.right),
  );

function bySubject(grants: readonly Grant[]): Map<string, Grant[]> {
  const found = new Map<string, Grant[]>();
  for (const grant of grants) found.set(grant.subject, [...(found.get(grant.subject) ?? []), grant]);
  return found;
}

const RBAC = 'rbac.authorization.k8s.io/';
const AGGREGATE_TO = `${RBAC}aggregate-to-`;

/** All that anybody is granted: by bindings; by labels that add to the roles that every cluster has; and what is in no binding here. */
function grantsOf(manifests: readonly Manifest[]): Grant[] {
  const rbac = withAggregatedRules(manifests.filter(({ apiVersion }) => apiVersion.startsWith(RBAC)));
  const roles = rbac.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
  const keyed = new Map(roles.map((role) => [roleKey(role.kind, nameOf(role), role.metadata.namespace), role]));
  const held = new Set(
    roles
      .filter(isAggregated)
      .flatMap((aggregated) => selectedRoles(aggregated, roles))
      .map((role) => roleKey(role.kind, nameOf(role), role.metadata.namespace)),
  );
  const grants: Grant[] = [];
  for (const binding of rbac.filter(({ kind }) => kind.endsWith('Binding'))) {
    const namespace = binding.kind === 'RoleBinding' ? binding.metadata.namespace : undefined;
    const [kind = '', name = ''] = ['kind', 'name'].map((field) => text(at(binding.roleRef, field)));
    const key = roleKey(kind, name, namespace);
    const role = keyed.get(key);
    held.add(key);
    const rights: Right[] = role === undefined ? [{ role: key }] : rightsOf(role.rules);
    for (const subject of list(binding.subjects))
      grants.push(...rights.map((right) => ({ subject: subjectText(subject), namespace, right })));
  }
  for (const [key, role] of keyed) {
    const holders = Object.entries(strings(role.metadata.labels))
      .filter(([label, value]) => label.startsWith(AGGREGATE_TO) && value === 'true')
      .map(([label]) => `whoever has ClusterRole ${label.slice(AGGREGATE_TO.length)}`);
    if (holders.length === 0 && !held.has(key)) holders.push(`whoever is given ${key}`);
    for (const right of rightsOf(role.rules))
      grants.push(...holders.map((subject) => ({ subject, namespace: role.metadata.namespace, right })));
  }
  return grants;
}

/** `ClusterRole view`, `Role kube-system/reader`. */
const roleKey = (kind: string, name: string, namespace: string | undefined): string =>
  kind === 'Role' ? `Role ${namespace ?? ''}/${name}` : `${kind} ${name}`;

function subjectText(subject: unknown): string {
  const [kind = '', name = ''] = ['kind', 'name'].map((field) => text(at(subject, field)));
  const namespace = text(at(subject, 'namespace'));
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Rights on one thing as one line, and things with the same verbs too. */
function grouped(kind: 'gains' | 'loses', grants: readonly Grant[]): RightChange[] {
  const targets = new Map<string, { grant: Grant; target: string; verbs: Set<string>; powerful: boolean }>();
  for (const grant of grants) {
    const target = targetText(grant.right);
    const key = JSON.stringify([grant.namespace, target]);
    const found = targets.get(key) ?? { grant, target, verbs: new Set(), powerful: false };
    found.verbs.add('role' in grant.right ? 'all of' : grant.right.verb);
    found.powerful ||= isPowerful(grant.right);
    targets.set(key, found);
  }
  const lines = new Map<string, RightChange>();
  for (const { grant, target, verbs, powerful } of targets.values()) {
    const { subject, namespace } = grant;
    const key = JSON.stringify([namespace, [...verbs].sort(), powerful]);
    const line = lines.get(key) ?? { subject, kind, namespace, verbs: [...verbs], targets: [], powerful };
    lines.set(key, { ...line, targets: [...line.targets, target] });
  }
  return [...lines.values()];
}
