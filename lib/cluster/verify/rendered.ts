import type { ObjectIndex } from '../../model/object-index';
import { isInjected } from '../../model/mesh';
import { clusterOf } from '../../model/connections/cluster';
import type { Cluster } from '../../model/connections/cluster';
import type { MeshGraph } from '../../model/connections/mesh-graph';
import { meshGraph } from '../../model/connections/mesh-graph';
import type { Workload } from '../../model/connections/workload';
import { INJECT_ANNOTATION } from '../../objects/inject';
import type { CarryingLayer } from '../../model/networking-layer';
import type { PlatformObject } from '../../objects/manifest';

/** A platform as it is rendered: what a cluster is held to. */
export class Rendered {
  /** As a cluster would understand it, whole. */
  readonly cluster: Cluster;
  readonly graph: MeshGraph;
  readonly index: ObjectIndex;

  /** @param only the namespaces to look at; default: all */
  constructor(
    readonly objects: readonly PlatformObject[],
    readonly layer: Pick<CarryingLayer, 'publicService' | 'control' | 'administrationPaths'>,
    readonly only: readonly string[] = [],
  ) {
    this.cluster = clusterOf(objects, layer);
    this.graph = meshGraph(objects, layer);
    this.index = this.cluster.index;
  }

  /** Whether a namespace is looked at. */
  includes(namespace: string): boolean {
    return this.only.length === 0 || this.only.includes(namespace);
  }

  /** The namespaces in which the platform has something, in order. */
  get namespaces(): string[] {
    const declared = this.index.ofKind('', 'Namespace').map(({ manifest }) => manifest.metadata.name ?? '');
    const used = this.objects.flatMap(({ manifest }) => manifest.metadata.namespace ?? []);
    return [...new Set([...declared, ...used])].filter((name) => this.includes(name)).sort();
  }

  /** Those whose pods the injector meshes unless they say otherwise. */
  get meshedNamespaces(): string[] {
    return this.namespaces.filter((name) => isInjected(this.index.namespaceAnnotations(name)[INJECT_ANNOTATION]));
  }

  /** What has pods, of the namespaces that are looked at. */
  get workloads(): Workload[] {
    return this.cluster.workloads.filter(({ namespace }) => this.includes(namespace));
  }

  /** The Knative Services, of the namespaces that are looked at. */
  get knativeServices(): PlatformObject[] {
    return this.index
      .ofKind('serving.knative.dev', 'Service')
      .filter(({ manifest }) => this.includes(manifest.metadata.namespace ?? 'default'));
  }

  /** Whether Linkerd's viz is among the objects: something is there that taps. */
  get hasViz(): boolean {
    return this.graph.edges.some(({ about }) => about === 'tap');
  }

  /** Objects of Kubernetes' own kinds, of the namespaces that are looked at. */
  ofKinds(group: string, kinds: readonly string[]): PlatformObject[] {
    return kinds
      .flatMap((kind) => this.index.ofKind(group, kind))
      .filter(({ manifest: { metadata } }) => metadata.namespace === undefined || this.includes(metadata.namespace));
  }
}
