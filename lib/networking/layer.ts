import type { Construct } from 'constructs';
import type { OpenPort } from '../mesh/open-port';
import type { ProxyConfig } from '../mesh/proxy-config';
import type { Namespaces, NamespaceProps } from '../namespaces';
import type { Phase } from '../objects/phase';
import type { Release } from '../releases/release';
import type { CarryingLayer, ServiceAddress } from '../model/networking-layer';

/** A Knative Service, as far as what carries its requests needs to know it. */
export interface CarriedService {
  /** The Knative Service itself: mistakes and objects of the layer go to it. */
  readonly construct: Construct;
  readonly name: string;
  readonly namespace: string;

  /** The name by which clients outside the cluster ask for it; `undefined` for a cluster-local one. */
  readonly publicHost: string | undefined;

  /** Whether it takes WebSocket connections. */
  readonly webSocket: boolean;
}

/** What a networking layer is given by the platform. */
export interface NetworkingContext {
  /** The phase that the layer's own objects go to. */
  readonly phase: Phase;

  /** The phase of custom resource definitions. */
  readonly crds: Phase;

  readonly namespaces: Namespaces;

  /** The domain under which services are public, for example `example.com`. */
  readonly domain: string;

  /**
   * Annotations of the layer's pods, besides its own.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Linkerd's proxy, as its installation has it where neither namespace nor pod say otherwise.
   *
   * @default {}
   */
  readonly proxy?: ProxyConfig;

  /**
   * Where the layer's objects come from.
   *
   * @default 'embedded'
   */
  readonly release?: Release;

  /**
   * The folder that holds `releases.lock.yaml` and `vendor/`.
   *
   * @default - the project's
   */
  readonly root?: string;
}

/** A port that callers outside of the mesh must reach, of the layer's own pods or of pods of it in another namespace. */
export interface LayerPort extends OpenPort {
  /** @default - the layer's */
  readonly namespace?: string;
}

/** What carries requests to Knative Services. The platform and its services know a layer by this alone. */
export interface NetworkingLayer extends CarryingLayer {
  /**
   * The version that is rendered.
   *
   * @default - not known
   */
  readonly version?: string | undefined;

  /** The namespace of its pods. */
  readonly namespace: string;

  /** What Serving writes into `networking.knative.dev/ingress.class`. */
  readonly ingressClass: string;

  /** Where requests to cluster-local names arrive. */
  readonly clusterLocalService: ServiceAddress;

  /** The ports that callers outside of the mesh must reach, those of public requests first of all. */
  readonly openPorts: readonly LayerPort[];

  /** Makes the layer carry a service: adds the hosts of its namespace, and what the service's own props ask for. */
  carry(service: CarriedService): void;
}

/** A choice of a networking layer with its options, as `main.ts` makes it: what its files and namespace are called, and how it is built. */
export interface NetworkingLayerChoice {
  readonly name: string;
  readonly namespace: { readonly name: string; readonly props: NamespaceProps };
  build(scope: Construct, context: NetworkingContext): NetworkingLayer;
}
