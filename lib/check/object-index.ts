import { createRequire } from 'node:module';
import type * as yaml from 'yaml';
import type { Memory } from '../memory';
import { NO_MEMORY } from '../memory';
import type { Manifest, PlatformObject } from '../objects/manifest';
import { groupOf } from './api-group';
import type { JsonObject } from './json';
import { at, mapping, text } from './json';
import type { PodTemplate } from './pod-template';
import { podTemplateOf } from './pod-template';

const load = createRequire(__filename);

/** The objects of a platform, by what rules ask for. */
export class ObjectIndex {
  /** Every pod template. */
  readonly podTemplates: readonly PodTemplate[];

  private readonly byKind = new Map<string, PlatformObject[]>();
  private readonly namespaces = new Map<string, Manifest>();
  private linkerdValues: JsonObject | undefined;

  /** @param all in the order of their phases */
  constructor(
    readonly all: readonly PlatformObject[],
    private readonly memory: Memory = NO_MEMORY,
  ) {
    for (const object of all) {
      const { apiVersion, kind, metadata } = object.manifest;
      const key = `${groupOf(apiVersion)}/${kind}`;
      addTo(this.byKind, key, object);
      addTo(this.byKind, `${key} ${metadata.namespace ?? 'default'}`, object);
      if (key === '/Namespace' && metadata.name !== undefined) this.namespaces.set(metadata.name, object.manifest);
    }
    this.podTemplates = all.map(podTemplateOf).filter((template) => template !== undefined);
  }

  /** The objects of a kind, whatever the version of its API. The group of Kubernetes' core is the empty text. */
  ofKind(group: string, kind: string): readonly PlatformObject[] {
    return this.byKind.get(`${group}/${kind}`) ?? [];
  }

  /** The objects of a kind in a namespace; what names none is in `default`. */
  inNamespace(group: string, kind: string, namespace: string): readonly PlatformObject[] {
    return this.byKind.get(`${group}/${kind} ${namespace}`) ?? [];
  }

  /** The namespace of that name, if it is among the objects. */
  namespace(name: string): Manifest | undefined {
    return this.namespaces.get(name);
  }

  /** A namespace's annotations; none if it is not among the objects. */
  namespaceAnnotations(name: string): Readonly<Record<string, string>> {
    return mapping(this.namespace(name)?.metadata.annotations) as Readonly<Record<string, string>>;
  }

  /** A namespace's labels, with the one that the API server gives each. */
  namespaceLabels(name: string): Readonly<Record<string, string>> {
    const labels = mapping(this.namespace(name)?.metadata.labels) as Readonly<Record<string, string>>;
    return { ...labels, 'kubernetes.io/metadata.name': name };
  }

  /** The data of a ConfigMap; empty if it is not among the objects. */
  configMap(namespace: string, name: string): JsonObject {
    const found = this.inNamespace('', 'ConfigMap', namespace).find(
      ({ manifest: { metadata } }) => metadata.name === name && metadata.namespace === namespace,
    );
    return mapping(found?.manifest.data);
  }

  /** The values document with which Linkerd is installed; empty if it is not among the objects. */
  get linkerd(): JsonObject {
    const document = text(at(this.configMap('linkerd', 'linkerd-config'), 'values')) ?? '';
    this.linkerdValues ??= mapping(this.memory.recall('linkerd-values', [document], () => readYaml(document) ?? null));
    return this.linkerdValues;
  }
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A document that cannot be read says nothing. */
function readYaml(document: string): unknown {
  try {
    return (load('yaml') as typeof yaml).parse(document);
  } catch {
    return undefined;
  }
}
