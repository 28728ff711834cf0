import { at, list, texts } from '../objects/json';
import { product } from './list-items';

/** One thing that a role allows: a verb on a resource or on a path of the API server, or all that a role elsewhere allows. */
export type Right =
  | { readonly verb: string; readonly group: string; readonly resource: string; readonly name: string }
  | { readonly verb: string; readonly url: string }
  | { readonly role: string };

/**
 * What a role's rules allow, one right for each verb and resource. A `name` that is empty stands for all names.
 *
 * @param rules of any shape: what the API server would refuse allows nothing
 */
export function rightsOf(rules: unknown): Right[] {
  return list(rules).flatMap((rule) => {
    const of = (field: string): readonly string[] => texts(at(rule, field));
    const verbs = of('verbs');
    const resourceNames = of('resourceNames');
    const names = resourceNames.length === 0 ? [''] : resourceNames;
    return [
      ...product(verbs, of('apiGroups'), of('resources'), names).map(([verb, group, resource, name]) => ({
        verb,
        group,
        resource,
        name,
      })),
      ...product(verbs, of('nonResourceURLs')).map(([verb, url]) => ({ verb, url })),
    ];
  });
}

/** Whether whoever has one right has another one by it. */
export function covers(wide: Right, narrow: Right): boolean {
  if ('role' in wide || 'role' in narrow) return 'role' in wide && 'role' in narrow && wide.role === narrow.role;
  if (!fits(wide.verb, narrow.verb)) return false;
  if ('url' in wide || 'url' in narrow) return 'url' in wide && 'url' in narrow && coversUrl(wide.url, narrow.url);
  return (
    fits(wide.group, narrow.group) &&
    coversResource(wide.resource, narrow.resource) &&
    (wide.name === '' || wide.name === narrow.name)
  );
}

const fits = (wide: string, narrow: string): boolean => wide === '*' || wide === narrow;

// `*` is all resources and all that is below them; a star and `/scale` is what all resources have below them by that name.
function coversResource(wide: string, narrow: string): boolean {
  if (fits(wide, narrow)) return true;
  return wide.startsWith('*/') && narrow.endsWith(wide.slice(1));
}

const coversUrl = (wide: string, narrow: string): boolean =>
  fits(wide, narrow) || (wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1)));

/** What a right is on, in the words of `kubectl auth can-i`: `deployments.apps/status`, `secrets "ca"`, `/metrics`. */
export function targetText(right: Right): string {
  if ('role' in right) return right.role;
  if ('url' in right) return right.url;
  const [resource = '', ...below] = right.resource.split('/');
  const target = [right.group === '' ? resource : `${resource}.${right.group}`, ...below].join('/');
  return right.name === '' ? target : `${target} ${JSON.stringify(right.name)}`;
}

interface Power {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
}

/** Rights that lead to more rights, or to other people's secrets. Source: Kubernetes 1.34 documentation, "Role Based Access Control Good Practices". */
const POWERS: readonly Power[] = [
  { verbs: ['get', 'list', 'watch'], groups: [''], resources: ['secrets'] },
  { verbs: ['create', 'update', 'patch'], groups: [''], resources: ['pods', 'persistentvolumes'] },
  { verbs: ['create', 'get'], groups: [''], resources: ['pods/exec', 'pods/attach', 'nodes/proxy'] },
  { verbs: ['create'], groups: [''], resources: ['serviceaccounts/token'] },
  { verbs: ['impersonate'], groups: [''], resources: ['users', 'groups', 'serviceaccounts'] },
  {
    verbs: ['create', 'update', 'patch'],
    groups: ['apps', 'batch'],
    resources: ['deployments', 'daemonsets', 'statefulsets', 'replicasets', 'jobs', 'cronjobs'],
  },
  {
    verbs: ['escalate', 'bind', 'create', 'update', 'patch'],
    groups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
  },
  {
    verbs: ['create', 'update', 'patch'],
    groups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  },
  {
    verbs: ['update', 'approve', 'sign'],
    groups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval', 'signers'],
  },
];

/** Whether a right deserves a second look: it has a wildcard, or leads to more than it says. */
export function isPowerful(right: Right): boolean {
  if ('role' in right) return right.role === 'ClusterRole cluster-admin';
  if (right.verb === '*') return true;
  if ('url' in right) return right.url === '*';
  if (right.group === '*' || right.resource === '*') return true;
  return POWERS.some(
    ({ verbs, groups, resources }) =>
      verbs.includes(right.verb) && groups.includes(right.group) && resources.includes(right.resource),
  );
}
