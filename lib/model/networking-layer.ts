import type { NetworkingLimits } from './networking-limits';

/** A Service of Kubernetes and the port on which it takes requests. */
export interface ServiceAddress {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** What configures a layer's pods, where they are configured by others. */
export interface LayerControl {
  /** Where the layer's pods get their configuration. */
  readonly service: ServiceAddress;

  /** The ports on which the pods behind that Service ask each of the layer's pods whether it has arrived. */
  readonly probePorts: readonly number[];
}

/** What carries requests to Knative Services, as data: what all who read a platform's objects know of a networking layer. */
export interface CarryingLayer {
  /** The component's name, for example in the name of its file in `dist/`. */
  readonly name: string;

  /** Where requests from outside the cluster arrive. */
  readonly publicService: ServiceAddress;

  /**
   * What configures its pods.
   *
   * @default - they configure themselves
   */
  readonly control?: LayerControl;

  /**
   * Paths that its own administration would answer on every public host, were they not turned off.
   *
   * @default - none
   */
  readonly administrationPaths?: readonly string[];

  /** What it cannot do, as data: whoever needs to know asks this, not the name. */
  readonly limits: NetworkingLimits;
}
