import type { JsonObject } from '../objects/json';
import { at, list, text } from '../objects/json';
import type { Json } from '../objects/manifest';

/** A ConfigMap or a Secret of which containers take values when they start. */
export interface ReadAtStart {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;

  /** The keys that are read. @default - all */
  readonly key?: string;
}

/** What containers read when they start, and never again: environment variables, and files that are mounted one by one. */
export function readAtStart(spec: JsonObject): ReadAtStart[] {
  const containers = [...list(spec.initContainers), ...list(spec.containers)];
  return containers.flatMap((container) => [...ofVariables(container), ...ofFiles(container, spec)]);
}

function ofVariables(container: Json): ReadAtStart[] {
  const named = (kind: ReadAtStart['kind'], source: Json | undefined): ReadAtStart[] => {
    const [name, key] = [text(at(source, 'name')), text(at(source, 'key'))];
    return name === undefined ? [] : [{ kind, name, ...(key !== undefined && { key }) }];
  };
  return [
    ...list(at(container, 'envFrom')).flatMap((source) => [
      ...named('ConfigMap', at(source, 'configMapRef')),
      ...named('Secret', at(source, 'secretRef')),
    ]),
    ...list(at(container, 'env')).flatMap((variable) => [
      ...named('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef')),
      ...named('Secret', at(variable, 'valueFrom', 'secretKeyRef')),
    ]),
  ];
}

function ofFiles(container: Json, spec: JsonObject): ReadAtStart[] {
  const single = list(at(container, 'volumeMounts')).filter((mount) => text(at(mount, 'subPath')) !== undefined);
  const volumes = list(spec.volumes).filter((volume) =>
    single.some((mount) => at(mount, 'name') === at(volume, 'name')),
  );
  return volumes.flatMap((volume): ReadAtStart[] => {
    const [configMap, secret] = [text(at(volume, 'configMap', 'name')), text(at(volume, 'secret', 'secretName'))];
    return [
      ...(configMap === undefined ? [] : [{ kind: 'ConfigMap', name: configMap } as const]),
      ...(secret === undefined ? [] : [{ kind: 'Secret', name: secret } as const]),
    ];
  });
}
