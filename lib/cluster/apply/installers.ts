import { at, list, text } from '../../objects/json';
import type { Manifest } from '../../objects/manifest';
import { describeObject, objectKey } from '../../objects/manifest';
import type { Inventory } from '../inventory';
import type { LiveObjects } from '../live';

/** Who else installs what a platform is made of, how one tells, and what to do about it. */
interface Installer {
  /** Who, with the name of the installation if it has one; `undefined` if it was not that one. */
  readonly of: (live: Manifest, rendered: Manifest) => string | undefined;
  readonly remedy: string;
}

const CREATED_BY = 'linkerd.io/created-by';

const INSTALLERS: readonly Installer[] = [
  {
    of: ({ metadata: { labels, annotations } }) =>
      at(labels, 'app.kubernetes.io/managed-by') === 'Helm'
        ? `Helm, as its release ${text(at(annotations, 'meta.helm.sh/release-name')) ?? 'of unknown name'}`
        : undefined,
    remedy: 'remove it with helm uninstall',
  },
  {
    of: ({ metadata }) => {
      const owner = list(metadata.ownerReferences).find((one) =>
        (text(at(one, 'apiVersion')) ?? '').startsWith('operator.knative.dev/'),
      );
      return owner === undefined ? undefined : `the Knative Operator, for ${text(at(owner, 'kind')) ?? 'its resource'}`;
    },
    remedy: 'delete its KnativeServing, or leave Serving to it',
  },
  {
    of: (live, rendered) => {
      const [by, own] = [live, rendered].map(({ metadata }) => text(at(metadata.annotations, CREATED_BY)));
      return by !== undefined && own !== undefined && by.split(' ')[0] !== own.split(' ')[0] ? by : undefined;
    },
    remedy: 'remove it with linkerd uninstall',
  },
  {
    of: ({ metadata: { labels } }) => {
      const kustomization = text(at(labels, 'kustomize.toolkit.fluxcd.io/name'));
      return kustomization === undefined ? undefined : `Flux, by its Kustomization ${kustomization}`;
    },
    remedy: 'change what Flux reads instead, or suspend it',
  },
  {
    of: ({ metadata: { annotations } }) => {
      const id = text(at(annotations, 'argocd.argoproj.io/tracking-id'));
      return id === undefined ? undefined : `Argo CD, by its Application ${id.split(':')[0] ?? ''}`;
    },
    remedy: 'change what Argo CD reads instead',
  },
];

/** What another installer has installed of a platform's objects. */
export interface Installation {
  readonly by: string;
  readonly remedy: string;

  /** One of its objects, as people say it. */
  readonly example: string;
  readonly objects: number;
}

/** What in the cluster is of other installers, by installation. What is in the inventory was taken over before. */
export function otherInstallations(
  manifests: readonly Manifest[],
  live: LiveObjects,
  inventory: Inventory,
): Installation[] {
  const recorded = new Set([...inventory.values()].flat());
  const found = new Map<string, Installation>();
  for (const manifest of manifests) {
    const key = objectKey(manifest);
    const there = live.get(key);
    if (there === undefined || recorded.has(key)) continue;
    for (const { of, remedy } of INSTALLERS) {
      const by = of(there, manifest);
      if (by === undefined) continue;
      const before = found.get(by);
      found.set(by, {
        by,
        remedy,
        example: before?.example ?? describeObject(manifest),
        objects: (before?.objects ?? 0) + 1,
      });
      break;
    }
  }
  return [...found.values()];
}
