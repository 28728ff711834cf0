import { groupOf } from './api-group';
import type { IConstruct } from 'constructs';
import { nearest } from '../syntax/nearest';
import { quote } from '../syntax/quote';
import { at, text } from './json';
import type { Manifest, PlatformObject } from './manifest';
import { describeObject, nameOf } from './manifest';
import type { Mistake } from './mistakes';

/** Groups of Kubernetes' own whose kinds are in namespaces, and those of their kinds that are not. Other built-in groups have none that is declared. */
const BUILT_IN = new Map<string, readonly string[]>(
  Object.entries({
    '': ['Namespace', 'Node', 'PersistentVolume'],
    apps: [],
    autoscaling: [],
    batch: [],
    'coordination.k8s.io': [],
    'discovery.k8s.io': [],
    'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
    policy: [],
    'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  }),
);

/** Groups of Kubernetes' own all of whose kinds are in no namespace. */
const BUILT_IN_CLUSTER_SCOPED: readonly string[] = [
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'certificates.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'node.k8s.io',
  'scheduling.k8s.io',
];

/** Namespaces that every cluster has. */
const IN_EVERY_CLUSTER: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const ASSUMED = 'knitmesh/assumed-namespace';

/** Says that something else declares a namespace, so that objects may be in it, as cert-manager's own is. */
export function assumeNamespace(construct: IConstruct, name: string): void {
  construct.node.addMetadata(ASSUMED, name);
}

/** The namespaces of which that is said on some constructs. */
export function assumedNamespaces(constructs: readonly IConstruct[]): string[] {
  const names: string[] = [];
  for (const { node } of constructs) {
    for (const { type, data } of node.metadata) if (type === ASSUMED) names.push(String(data));
  }
  return names;
}

/** What is wrong with a namespace that is not among the declared ones. */
export function undeclaredNamespace(namespace: string, declared: readonly string[]): string {
  const meant = nearest(namespace, declared);
  const fix = meant === undefined ? `there are ${declared.join(', ')}` : `did you mean ${quote(meant)}?`;
  return `${quote(namespace)} is not declared by the platform: declare it with addNamespace; ${fix}`;
}

/**
 * A mistake for every object that has no namespace and needs one, or one that nothing declares. Of a kind that is not known, only the
 * namespace that it has is looked at.
 *
 * @param platform all objects, among them the declarations of namespaces and of custom kinds
 * @param assumed namespaces that something else declares
 */
export function namespaceMistakes(
  objects: readonly PlatformObject[],
  platform: readonly PlatformObject[],
  assumed: readonly string[],
): Mistake[] {
  const manifests = platform.map(({ manifest }) => manifest);
  const declared = manifests.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1').map(nameOf);
  // What declares no namespace is a part of a platform, as in a test.
  if (declared.length === 0) return [];
  const custom = customScopes(manifests);
  const there = new Set([...declared, ...IN_EVERY_CLUSTER, ...assumed]);
  return objects.flatMap(({ manifest, source }) => {
    const { namespace } = manifest.metadata;
    const namespaced = isNamespaced(manifest, custom);
    if (namespaced === false) return [];
    if (namespace === undefined) {
      if (namespaced === undefined) return [];
      return [
        {
          where: source,
          message: `metadata.namespace: is missing on ${describeObject(manifest)}, which then goes to whatever namespace kubectl is set to: name one, for example "default"`,
        },
      ];
    }
    if (there.has(namespace)) return [];
    return [{ where: source, message: `metadata.namespace: ${undeclaredNamespace(namespace, declared)}` }];
  });
}

/** Whether objects of this kind are in a namespace; `undefined` if that is not known. */
function isNamespaced({ apiVersion, kind }: Manifest, custom: ReadonlyMap<string, boolean>): boolean | undefined {
  const group = groupOf(apiVersion);
  if (BUILT_IN_CLUSTER_SCOPED.includes(group)) return false;
  const exceptions = BUILT_IN.get(group);
  return exceptions === undefined ? custom.get(`${group}/${kind}`) : !exceptions.includes(kind);
}

/** The custom kinds that are declared, as `group/kind`, and whether each is in namespaces. */
function customScopes(manifests: readonly Manifest[]): Map<string, boolean> {
  return new Map(
    manifests
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ spec }) => {
        const [group, kind] = [text(at(spec, 'group')) ?? '', text(at(spec, 'names', 'kind')) ?? ''];
        return [`${group}/${kind}`, at(spec, 'scope') !== 'Cluster'];
      }),
  );
}
