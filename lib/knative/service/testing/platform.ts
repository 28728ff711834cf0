import type { ApiObject } from 'cdk8s';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { Mtls } from '../../../mesh/mtls';
import type { ProxyConfig } from '../../../mesh/proxy-config';
import { Namespaces } from '../../../namespaces';
import type { Manifest } from '../../../objects/manifest';
import { mistakesOf, warningsOf } from '../../../objects/mistakes';
import type { CarriedService, NetworkingLayer } from '../../../networking/layer';
import type { NetworkingLimits } from '../../../model/networking-limits';
import { KnativeServices } from '../../services';
import type { KnativeServingSettings } from '../../settings/settings';
import type { KnativeServiceProps } from '../knative-service';
import { KnativeService } from '../knative-service';

export interface TestPlatformProps {
  /** @default - Serving's defaults */
  readonly settings?: KnativeServingSettings;

  /** @default - a networking layer that can do everything */
  readonly limits?: NetworkingLimits;

  /** @default - not known */
  readonly hpaAutoscaler?: boolean;

  /** Of the namespace `default`. @default 'permissive' */
  readonly mtls?: Mtls;

  /** Of the namespace `default`. @default - as Linkerd's installation has it */
  readonly proxy?: ProxyConfig;

  /** @default false */
  readonly requestsProxyCpu?: boolean;

  /** @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** As much of a platform as a Knative Service needs. Its networking layer is `layer`, with the limits that a test is about. */
export class TestPlatform extends Construct {
  readonly namespaces: Namespaces;
  readonly services: KnativeServices;

  /** The services that the layer was made to carry. */
  readonly carried: CarriedService[] = [];

  constructor(props: TestPlatformProps = {}) {
    const { settings = {}, limits = {}, hpaAutoscaler, mtls, proxy, requestsProxyCpu, podAnnotations } = props;
    super(new App(), 'platform');
    this.namespaces = new Namespaces(this);
    this.namespaces.add('default', { ...(mtls && { mtls }), ...(proxy && { proxy }) });
    for (const name of ['knative-serving', 'layer-system']) this.namespaces.add(name);
    const networking: NetworkingLayer = {
      name: 'layer',
      namespace: 'layer-system',
      ingressClass: 'layer.ingress.networking.knative.dev',
      publicService: { namespace: 'layer-system', name: 'layer', port: 80 },
      clusterLocalService: { namespace: 'layer-system', name: 'layer-internal', port: 80 },
      openPorts: [],
      limits,
      carry: (service) => this.carried.push(service),
    };
    this.services = new KnativeServices(this, {
      namespaces: this.namespaces,
      networking,
      settings,
      domain: 'example.com',
      ...(hpaAutoscaler !== undefined && { hpaAutoscaler }),
      ...(requestsProxyCpu !== undefined && { requestsProxyCpu }),
      ...(podAnnotations && { podAnnotations }),
    });
  }
}

/** The props of the smallest service. */
export const LEAST: KnativeServiceProps = { image: 'docker.io/library/hello:1' };

/** A service of a platform made for it: the smallest one with some more props. */
export function serviceWith(props: Partial<KnativeServiceProps>, platform?: TestPlatformProps): KnativeService {
  return new KnativeService(new TestPlatform(platform).services, 'hello', { ...LEAST, ...props });
}

/** What is wrong with such a service. */
export function mistakesWith(props: Partial<KnativeServiceProps>, platform?: TestPlatformProps): string[] {
  return mistakesOf(serviceWith(props, platform)).map(({ message }) => message);
}

/** What the user is told of such a service. */
export function warningsWith(props: Partial<KnativeServiceProps>, platform?: TestPlatformProps): string[] {
  return warningsOf(serviceWith(props, platform)).map(({ message }) => message);
}

/** Such a service as it stands in YAML. */
export function manifestWith(props: Partial<KnativeServiceProps>, platform?: TestPlatformProps): ServiceManifest {
  const [object] = serviceWith(props, platform).node.children;
  return (object as ApiObject).toJson() as ServiceManifest;
}

/** The parts of a Knative Service that tests look at. */
export type ServiceManifest = Manifest & {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Record<string, string>; readonly labels?: Record<string, string> };
      readonly spec: Record<string, unknown> & { readonly containers: readonly Record<string, unknown>[] };
    };
    readonly traffic?: unknown;
  };
};

/** A text that is this one, or one that matches. */
export function saying(text: string | RegExp): unknown {
  return typeof text === 'string' ? text : expect.stringMatching(text);
}
