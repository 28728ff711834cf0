import { groupOf } from '../objects/api-group';
import type { Manifest } from '../objects/manifest';

/** What a difference is about. */
export type Area = (typeof AREAS)[number]['area'];

interface AreaRule {
  readonly area: string;

  /** The kinds of objects, with their API group where others have a kind of the name: `Service.serving.knative.dev`. */
  readonly kinds?: readonly string[];

  /** The API groups of objects, whatever their kind; `*` in front stands for all below. */
  readonly groups?: readonly string[];

  /** The text of the path, whatever the object. */
  readonly path?: RegExp;
}

/** Where an image stands in an object: in pods, in what caches them, and in ConfigMaps that name one. */
export const IMAGE_PATH = /(^|\.)image$|^data\.([\w-]+-)?image$/;

const RULES = [
  { area: 'images', path: IMAGE_PATH },
  {
    area: 'labels and texts',
    path: /\["(app\.kubernetes\.io\/version|helm\.sh\/chart)"\]$|^spec\.versions\[.*\.description$|\[comments\]$|\["knative\.dev\/example-checksum"\]$|^data\._example$/,
  },
  { area: 'network and mesh', path: /(annotations|labels)\["([\w-]+\.)?linkerd\.io\// },
  { area: 'RBAC', groups: ['rbac.authorization.k8s.io'], kinds: ['ServiceAccount'] },
  { area: 'CRDs', kinds: ['CustomResourceDefinition'] },
  { area: 'configuration', kinds: ['ConfigMap', 'Secret'] },
  {
    area: 'workloads',
    groups: ['apps', 'batch', 'autoscaling', 'policy'],
    kinds: ['Pod', 'Service.serving.knative.dev', 'Configuration.serving.knative.dev'],
  },
  {
    area: 'network and mesh',
    groups: [
      'networking.k8s.io',
      'discovery.k8s.io',
      'gateway.networking.k8s.io',
      'networking.internal.knative.dev',
      'getambassador.io',
      'admissionregistration.k8s.io',
      'apiregistration.k8s.io',
      'linkerd.io',
      '*.linkerd.io',
    ],
    kinds: ['Service', 'Endpoints', 'Route.serving.knative.dev', 'DomainMapping.serving.knative.dev'],
  },
  { area: 'other' },
] as const satisfies readonly AreaRule[];

/** The areas of a report, in its order. */
export const AREAS = [
  { area: 'images' },
  { area: 'RBAC' },
  { area: 'CRDs' },
  { area: 'configuration' },
  { area: 'workloads' },
  { area: 'network and mesh' },
  { area: 'other' },
  { area: 'labels and texts' },
] as const satisfies readonly { readonly area: (typeof RULES)[number]['area'] }[];

/**
 * What a difference at a path of an object is about; an object as a whole, at the empty path, goes by its kind.
 *
 * @param path the text of the path
 */
export function areaOf({ apiVersion, kind }: Manifest, path: string): Area {
  const group = groupOf(apiVersion);
  const fits = ({ kinds, groups, path: pattern }: AreaRule): boolean => {
    if (pattern !== undefined) return pattern.test(path);
    if (kinds === undefined && groups === undefined) return true;
    return isOf(kinds ?? [], kind, group) || (groups?.some((name) => isGroup(name, group)) ?? false);
  };
  return RULES.find(fits)?.area ?? 'other';
}

/** A kind without a group is one of Kubernetes' own. */
const isOf = (kinds: readonly string[], kind: string, group: string): boolean =>
  kinds.includes(group === '' || group === 'apiextensions.k8s.io' ? kind : `${kind}.${group}`);

const isGroup = (name: string, group: string): boolean =>
  name.startsWith('*') ? group.endsWith(name.slice(1)) : group === name;
