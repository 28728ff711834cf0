import type { Memory } from '../memory';
import { NO_MEMORY } from '../memory';
import { entryOf } from '../objects/entry-of';
import type { Manifest, PlatformObject } from '../objects/manifest';
import { readYamlValue } from '../yaml/stream';
import { groupOf } from '../objects/api-group';
import type { JsonObject } from '../objects/json';
import { at, mapping, strings, text } from '../objects/json';
import type { PodTemplate } from './pod-template';
import { podTemplateOf } from './pod-template';

/** The objects of a kind, together and by their namespaces. */
interface KindObjects {
  readonly objects: PlatformObject[];
  readonly byNamespace: Map<string, PlatformObject[]>;
}

/** The objects of a platform, by what rules ask for. */
export class ObjectIndex {
  /** Every pod template. */
  readonly podTemplates: readonly PodTemplate[];

  private readonly kinds = new Map<string, Map<string, KindObjects>>();
  private readonly templates = new Map<string, PodTemplate[]>();
  private readonly namespaces = new Map<string, Manifest>();
  private readonly labels = new Map<string, Readonly<Record<string, string>>>();
  private readonly found = new Map<unknown, unknown>();
  private linkerdValues: JsonObject | undefined;

  /**
   * @param all in the order of their phases
   * @param memory what earlier runs found out
   */
  constructor(
    readonly all: readonly PlatformObject[],
    readonly memory: Memory = NO_MEMORY,
  ) {
    const podTemplates: PodTemplate[] = [];
    for (const object of all) {
      const { apiVersion, kind, metadata } = object.manifest;
      const group = groupOf(apiVersion);
      const { objects, byNamespace } = entryOf(entryOf(this.kinds, group, newMap<KindObjects>), kind, newKind);
      objects.push(object);
      entryOf(byNamespace, metadata.namespace ?? 'default', newList).push(object);
      if (group === '' && kind === 'Namespace' && metadata.name !== undefined) {
        this.namespaces.set(metadata.name, object.manifest);
      }
      const template = podTemplateOf(object);
      if (template === undefined) continue;
      podTemplates.push(template);
      entryOf(this.templates, template.namespace, newList).push(template);
    }
    this.podTemplates = podTemplates;
  }

  /** The objects of a kind, whatever the version of its API. The group of Kubernetes' core is the empty text. */
  ofKind(group: string, kind: string): readonly PlatformObject[] {
    return this.kinds.get(group)?.get(kind)?.objects ?? [];
  }

  /** The objects of a kind in a namespace; what names none is in `default`. */
  inNamespace(group: string, kind: string, namespace: string): readonly PlatformObject[] {
    return this.kinds.get(group)?.get(kind)?.byNamespace.get(namespace) ?? [];
  }

  /** The pod templates in a namespace. */
  podTemplatesIn(namespace: string): readonly PodTemplate[] {
    return this.templates.get(namespace) ?? [];
  }

  /** The objects of those kinds of which something holds, which the first of each kind and version is asked. */
  ofKinds(holds: (manifest: Manifest) => boolean): PlatformObject[] {
    const known = new Map<string, Map<string, boolean>>();
    return this.all.filter(({ manifest }) =>
      entryOf(entryOf(known, manifest.apiVersion, newMap<boolean>), manifest.kind, () => holds(manifest)),
    );
  }

  /** The namespace of that name, if it is among the objects. */
  namespace(name: string): Manifest | undefined {
    return this.namespaces.get(name);
  }

  /** A namespace's annotations; none if it is not among the objects. */
  namespaceAnnotations(name: string): Readonly<Record<string, string>> {
    return strings(this.namespace(name)?.metadata.annotations);
  }

  /** A namespace's labels, with the one that the API server gives each. */
  namespaceLabels(name: string): Readonly<Record<string, string>> {
    return entryOf(this.labels, name, () => {
      const labels = strings(this.namespace(name)?.metadata.labels);
      return { ...labels, 'kubernetes.io/metadata.name': name };
    });
  }

  /** The data of a ConfigMap; empty if it is not among the objects. */
  configMap(namespace: string, name: string): JsonObject {
    const found = this.inNamespace('', 'ConfigMap', namespace).find(
      ({ manifest: { metadata } }) => metadata.name === name && metadata.namespace === namespace,
    );
    return mapping(found?.manifest.data);
  }

  /** What follows from all the objects together, worked out when it is first asked for. */
  once<Found>(find: (objects: ObjectIndex) => Found): Found {
    return entryOf(this.found, find, () => find(this)) as Found;
  }

  /** The values document with which Linkerd is installed; empty if it is not among the objects. */
  get linkerd(): JsonObject {
    if (this.linkerdValues !== undefined) return this.linkerdValues;
    const document = text(at(this.configMap('linkerd', 'linkerd-config'), 'values')) ?? '';
    this.linkerdValues = mapping(
      this.memory.recall('linkerd-values', [document], () => readYamlValue(document) ?? null),
    );
    return this.linkerdValues;
  }
}

const newList = <Value>(): Value[] => [];
const newMap = <Value>(): Map<string, Value> => new Map();
const newKind = (): KindObjects => ({ objects: [], byNamespace: new Map() });
