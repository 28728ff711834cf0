import { groupOf } from '../../objects/api-group';
import { at, list, text } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import type { ObjectIndex } from '../object-index';
import type { Kind, Target } from './reference';
import { CONFIG_MAP, SECRET, SERVICE, SERVICE_ACCOUNT } from './referring-fields';

const SERVING = 'serving.knative.dev';

/** What something on the cluster makes of an object: an object of a kind in the same namespace, under names that the object tells. */
interface Making {
  readonly of: Kind;
  readonly makes: Kind;
  readonly names: (manifest: Manifest) => readonly (string | undefined)[];
}

const ownName = ({ metadata }: Manifest): string[] => [metadata.name ?? ''];

/** The names of the Services of a Knative Service or Route: its own, and one for each tag. */
function routedNames({ metadata, spec }: Manifest): string[] {
  const name = metadata.name ?? '';
  const tags = list(at(spec, 'traffic')).flatMap((target) => text(at(target, 'tag')) ?? []);
  return [name, ...tags.map((tag) => `${tag}-${name}`)];
}

/** Sources: Serving 1.23.0, `pkg/reconciler/service/resources`, `pkg/reconciler/route/resources/service.go`; the documentation of the others. */
const MAKINGS: readonly Making[] = [
  ...['Service', 'Route'].map((kind) => ({ of: { group: SERVING, kind }, makes: SERVICE, names: routedNames })),
  ...['Route', 'Configuration'].map((kind) => ({
    of: { group: SERVING, kind: 'Service' },
    makes: { group: SERVING, kind },
    names: ownName,
  })),
  {
    of: { group: 'cert-manager.io', kind: 'Certificate' },
    makes: SECRET,
    names: ({ spec }) => [text(at(spec, 'secretName'))],
  },
  {
    of: { group: 'external-secrets.io', kind: 'ExternalSecret' },
    makes: SECRET,
    names: ({ metadata, spec }) => [text(at(spec, 'target', 'name')) ?? metadata.name],
  },
  {
    of: { group: 'bitnami.com', kind: 'SealedSecret' },
    makes: SECRET,
    names: ({ metadata, spec }) => [text(at(spec, 'template', 'metadata', 'name')) ?? metadata.name],
  },
];

/** What is made in every namespace that a selector takes, under its own name: here, in any. */
const MAKINGS_EVERYWHERE: readonly Omit<Making, 'names'>[] = [
  { of: { group: 'trust.cert-manager.io', kind: 'Bundle' }, makes: CONFIG_MAP },
  { of: { group: 'trust.cert-manager.io', kind: 'Bundle' }, makes: SECRET },
];

/** What Kubernetes puts into every namespace. */
const IN_EVERY_NAMESPACE: readonly (Kind & { readonly name: string })[] = [
  { ...SERVICE_ACCOUNT, name: 'default' },
  { ...CONFIG_MAP, name: 'kube-root-ca.crt' },
];

/** What every cluster has. */
const IN_EVERY_CLUSTER: readonly Target[] = [
  { ...SERVICE, namespace: 'default', name: 'kubernetes' },
  {
    group: 'rbac.authorization.k8s.io',
    kind: 'Role',
    namespace: 'kube-system',
    name: 'extension-apiserver-authentication-reader',
  },
];

const keyOf = ({ group, kind }: Kind, namespace: string, name: string): string =>
  `${group}/${kind} ${namespace}/${name}`;

/** Everything that is among the objects, or that something makes of them, by {@link keyOf}. */
function existing(objects: ObjectIndex): ReadonlySet<string> {
  const found = new Set(IN_EVERY_CLUSTER.map((target) => keyOf(target, target.namespace, target.name)));
  for (const { manifest } of objects.all) {
    const { apiVersion, kind, metadata } = manifest;
    found.add(keyOf({ group: groupOf(apiVersion), kind }, metadata.namespace ?? 'default', metadata.name ?? ''));
  }
  for (const { of, makes, names } of MAKINGS) {
    for (const { manifest } of objects.ofKind(of.group, of.kind)) {
      const namespace = manifest.metadata.namespace ?? 'default';
      for (const name of names(manifest)) if (name !== undefined) found.add(keyOf(makes, namespace, name));
    }
  }
  return found;
}

/** The names of Revisions, and those of their Services, as Serving makes them up: `cart-00012`, `cart-00012-private`. */
const REVISION = /^(.+)-\d{5,}(?:-private)?$/;

/** Whether an object is there: among the objects, made of one of them by something on the cluster, or in every cluster. */
export function exists(target: Target, objects: ObjectIndex): boolean {
  const { namespace, name } = target;
  const all = objects.once(existing);
  if (all.has(keyOf(target, namespace, name))) return true;
  if (IN_EVERY_NAMESPACE.some((one) => isOfKind(target, one) && one.name === name)) return true;
  if (isOfKind(target, SERVICE)) return isOfRevision(name, namespace, objects);
  return MAKINGS_EVERYWHERE.some(
    ({ of, makes }) => isOfKind(target, makes) && objects.ofKind(of.group, of.kind).some((one) => isNamed(one, name)),
  );
}

const isOfKind = (one: Kind, other: Kind): boolean => one.kind === other.kind && one.group === other.group;

const isNamed = ({ manifest }: { readonly manifest: Manifest }, name: string): boolean =>
  manifest.metadata.name === name;

function isOfRevision(name: string, namespace: string, objects: ObjectIndex): boolean {
  const [, service = name.replace(/-private$/, '')] = REVISION.exec(name) ?? [];
  return ['Service', 'Configuration'].some((kind) =>
    objects
      .inNamespace(SERVING, kind, namespace)
      .some(
        (one) =>
          isNamed(one, service) ||
          at(one.manifest, 'spec', 'template', 'metadata', 'name') === name.replace(/-private$/, ''),
      ),
  );
}

/** The names of a kind in a namespace that are among the objects. */
export const namesOf = ({ group, kind, namespace }: Target, objects: ObjectIndex): string[] =>
  objects.inNamespace(group, kind, namespace).flatMap(({ manifest }) => manifest.metadata.name ?? []);
