import { knownProps, KNOWN_ELSEWHERE, refuseUnknownProps } from '../objects/known-props';
import { Construct } from 'constructs';
import { componentNamespaceProps } from '../component-namespace';
import type { LayerControl, ServiceAddress } from '../model/networking-layer';
import type { NamespaceProps } from '../namespaces';
import type { DisruptionBudget } from '../networking/disruption-budget';
import { addDisruptionBudget, DISRUPTION_BUDGET } from '../networking/disruption-budget';
import type { NetworkingContext, NetworkingLayer, NetworkingLayerChoice } from '../networking/layer';
import type { PublicServiceProps } from '../networking/public-service';
import { PUBLIC_SERVICE } from '../networking/public-service';
import { addBootstrap } from './bootstrap';
import type { KourierConfig } from './config';
import { addConfig, KOURIER_CONFIG } from './config';
import type { ControllerProps } from './controller';
import { addController, CONTROLLER_PROPS } from './controller';
import type { GatewayProps } from './gateway';
import { addGateway, GATEWAY_PROPS } from './gateway';
import {
  CONTROLLER,
  CONTROLLER_NAMESPACE,
  GATEWAY,
  GATEWAY_SELECTOR,
  KOURIER,
  KOURIER_NAMESPACE,
  KOURIER_VERSION,
  LABELS,
} from './labels';
import { INGRESS_CLASS, LIMITS } from './limits';
import { OPEN_PORTS } from './open-ports';
import { CONTROLLER_PORTS, GATEWAY_PORTS } from './ports';
import { addRbac } from './rbac';
import { DEFAULT_REPLICAS, leastReplicas } from './scale';
import { addServices, INTERNAL_SERVICE } from './services';
import type { KourierTls } from './tls';
import { KOURIER_TLS } from './tls';
import { addVendoredKourier } from './vendored';

export interface KourierProps extends GatewayProps {
  /**
   * The Service for requests from outside the cluster.
   *
   * @default { type: 'LoadBalancer' }
   */
  readonly service?: PublicServiceProps;

  /**
   * How many gateways a node drain leaves.
   *
   * @default { maxUnavailable: 1 }
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * A certificate for public names. Plain HTTP is answered as well, unless `settings.network.httpProtocol` of the platform is 'Redirected'.
   *
   * @default - plain HTTP, and HTTPS for the names that Serving has certificates for
   */
  readonly tls?: KourierTls;

  /**
   * Settings of the gateways, in the ConfigMap `config-kourier`.
   *
   * @default {}
   */
  readonly config?: KourierConfig;

  /**
   * The controller, in the namespace `knative-serving`.
   *
   * @default {}
   */
  readonly controller?: ControllerProps;

  /**
   * The namespace `kourier-system`, over what the platform says of it: meshed, with the pod security that the mesh needs, and with a CPU request
   * for proxies, without which gateways are not scaled by their CPU.
   *
   * @default {}
   */
  readonly namespace?: NamespaceProps;
}

/** The props of {@link KourierProps}. */
export const KOURIER_PROPS = knownProps<KourierProps>({
  ...GATEWAY_PROPS.props,
  service: PUBLIC_SERVICE,
  disruptionBudget: DISRUPTION_BUDGET,
  tls: KOURIER_TLS,
  config: KOURIER_CONFIG,
  controller: CONTROLLER_PROPS,
  // Its Namespace says so itself.
  namespace: KNOWN_ELSEWHERE,
});

const NAMESPACE_PROPS: NamespaceProps = { inject: 'enabled', labels: LABELS, proxy: { cpuRequest: '100m' } };

/** Kourier 1.23.0 as the networking layer: the one that Knative tests Serving with. */
export function kourier(props: KourierProps = {}): NetworkingLayerChoice {
  return {
    name: KOURIER,
    namespace: { name: KOURIER_NAMESPACE, props: componentNamespaceProps(NAMESPACE_PROPS, props.namespace) },
    build: (scope, context) => new Kourier(scope, KOURIER, context, props),
  };
}

/** Kourier: gateways, and the controller that configures them. It knows services by their Ingresses alone. */
export class Kourier extends Construct implements NetworkingLayer {
  readonly name = KOURIER;
  readonly version: string | undefined;
  readonly namespace = KOURIER_NAMESPACE;
  readonly ingressClass = INGRESS_CLASS;
  readonly publicService: ServiceAddress = { namespace: KOURIER_NAMESPACE, name: KOURIER, port: 80 };
  readonly clusterLocalService: ServiceAddress = { namespace: KOURIER_NAMESPACE, name: INTERNAL_SERVICE, port: 80 };
  readonly openPorts = OPEN_PORTS;
  readonly limits = LIMITS;
  readonly control: LayerControl = {
    service: { namespace: CONTROLLER_NAMESPACE, name: CONTROLLER, port: CONTROLLER_PORTS.xds },
    probePorts: [GATEWAY_PORTS.internalHttp, GATEWAY_PORTS.httpProbe],
  };

  constructor(scope: Construct, id: string, context: NetworkingContext, props: KourierProps = {}) {
    super(scope, id);
    refuseUnknownProps(this, props, KOURIER_PROPS);
    const { service, disruptionBudget = { maxUnavailable: 1 }, preserveClientAddress = false } = props;
    const { config = {}, controller = {}, tls, replicas = DEFAULT_REPLICAS } = props;
    addRbac(this);
    addConfig(this, config, { tls, preserveClientAddress });
    addBootstrap(this);
    addServices(this, { ...service, preserveClientAddress });
    addController(this, controller, context.podAnnotations);
    addGateway(this, props, {
      ...(context.podAnnotations && { podAnnotations: context.podAnnotations }),
      inheritedProxy: { ...context.proxy, ...props.namespace?.proxy },
    });
    addDisruptionBudget(this, disruptionBudget, {
      metadata: { name: `${GATEWAY}-pdb`, namespace: KOURIER_NAMESPACE, labels: LABELS },
      podSelector: GATEWAY_SELECTOR,
      replicas: leastReplicas(replicas),
    });
    if (context.release === 'vendored') {
      const images = { gateway: props.image !== undefined, controller: controller.image !== undefined };
      this.version = addVendoredKourier(this, context, images).version;
    } else this.version = KOURIER_VERSION;
  }

  carry(): void {
    // The controller learns all that it needs of a service from its Ingress.
  }
}
