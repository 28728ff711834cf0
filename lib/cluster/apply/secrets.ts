import { at, list, mapping, text } from '../../objects/json';
import { podTemplateOf } from '../../model/pod-template';
import type { Manifest, PlatformObject } from '../../objects/manifest';

/** A Secret that pods do not start without, and one of those who need it. */
export interface NeededSecret {
  readonly namespace: string;
  readonly name: string;

  /** Where it is named: the source of the object. */
  readonly source: string;
}

/** The Secrets that pods of a platform mount, read or pull images with; none that it says are optional. */
export function neededSecrets(objects: readonly PlatformObject[]): NeededSecret[] {
  const needed = new Map<string, NeededSecret>();
  for (const object of objects) {
    const { namespace = 'default' } = object.manifest.metadata;
    for (const name of secretsOfPods(object)) {
      const key = `${namespace}/${name}`;
      if (!needed.has(key)) needed.set(key, { namespace, name, source: object.source });
    }
  }
  return [...needed.values()];
}

function secretsOfPods(object: PlatformObject): string[] {
  const spec = podTemplateOf(object)?.spec;
  if (spec === undefined) return [];
  const containers = [...list(at(spec, 'containers')), ...list(at(spec, 'initContainers'))];
  const references = [
    ...list(at(spec, 'volumes')).map((volume) => at(volume, 'secret')),
    ...list(at(spec, 'volumes')).flatMap((volume) =>
      list(at(volume, 'projected', 'sources')).map((source) => at(source, 'secret')),
    ),
    ...containers.flatMap((container) => [
      ...list(at(container, 'env')).map((variable) => at(variable, 'valueFrom', 'secretKeyRef')),
      ...list(at(container, 'envFrom')).map((source) => at(source, 'secretRef')),
    ]),
  ];
  return references.flatMap((reference) => {
    const { secretName, name, optional } = mapping(reference);
    const found = text(secretName) ?? text(name);
    return found === undefined || optional === true ? [] : [found];
  });
}

/** The Secrets that objects bring about: those that are declared, and those of cert-manager's Certificates. */
export function providedSecrets(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    manifests.flatMap(({ apiVersion, kind, metadata, spec }) => {
      const namespace = metadata.namespace ?? 'default';
      if (kind === 'Secret') return [`${namespace}/${metadata.name ?? ''}`];
      const made = text(at(spec, 'secretName'));
      return apiVersion.startsWith('cert-manager.io/') && made !== undefined ? [`${namespace}/${made}`] : [];
    }),
  );
}
