import { knownProps, KNOWN_ELSEWHERE, refuseUnknownProps } from '../objects/known-props';
import { Construct } from 'constructs';
import { componentNamespaceProps } from '../component-namespace';
import type { OpenPort } from '../mesh/open-port';
import type { ServiceAddress } from '../model/networking-layer';
import type { NamespaceProps } from '../namespaces';
import type { CarriedService, NetworkingContext, NetworkingLayer, NetworkingLayerChoice } from '../networking/layer';
import { addCrds } from './crds';
import type { AmbassadorDeploymentProps } from './deployment';
import { addDeployment, AMBASSADOR_DEPLOYMENT, AMBASSADOR_VERSION, DEFAULT_REPLICAS } from './deployment';
import type { DisruptionBudget } from '../networking/disruption-budget';
import { addDisruptionBudget, DISRUPTION_BUDGET } from '../networking/disruption-budget';
import { Hosts } from './hosts';
import { AMBASSADOR, LABELS, POD_SELECTOR } from './labels';
import { INGRESS_CLASS, LIMITS } from './limits';
import { addListeners } from './listeners';
import { addModule, ADMINISTRATION_PATHS } from './module';
import { openPorts } from './open-ports';
import { addRbac } from './rbac';
import { addVendoredAmbassador } from './vendored';
import type { PublicServiceProps } from '../networking/public-service';
import { PUBLIC_SERVICE } from '../networking/public-service';
import { addServices, INTERNAL_SERVICE } from './services';
import type { AmbassadorTls } from './tls';
import { AMBASSADOR_TLS } from './tls';
import { allowWebSocket } from './web-socket';

export interface AmbassadorProps extends AmbassadorDeploymentProps {
  /**
   * The Service for requests from outside the cluster.
   *
   * @default { type: 'LoadBalancer' }
   */
  readonly service?: PublicServiceProps;

  /**
   * How many pods a node drain leaves.
   *
   * @default { maxUnavailable: 1 }
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * HTTPS for public services, and certificates for their names. Serving's own options for TLS do nothing with Ambassador.
   *
   * @default - plain HTTP
   */
  readonly tls?: AmbassadorTls;

  /**
   * The namespace `ambassador`, over what the platform says of it: meshed, with the pod security that the mesh needs.
   *
   * @default {}
   */
  readonly namespace?: NamespaceProps;
}

/** The props of {@link AmbassadorProps}. */
export const AMBASSADOR_PROPS = knownProps<AmbassadorProps>({
  ...AMBASSADOR_DEPLOYMENT.props,
  service: PUBLIC_SERVICE,
  disruptionBudget: DISRUPTION_BUDGET,
  tls: AMBASSADOR_TLS,
  // Its Namespace says so itself.
  namespace: KNOWN_ELSEWHERE,
});

const NAMESPACE_PROPS: NamespaceProps = { inject: 'enabled' };

/** Ambassador (Emissary-ingress 4.1.0) as the networking layer. Its `limits` say what it cannot do. */
export function ambassador(props: AmbassadorProps = {}): NetworkingLayerChoice {
  return {
    name: AMBASSADOR,
    namespace: { name: AMBASSADOR, props: componentNamespaceProps(NAMESPACE_PROPS, props.namespace) },
    build: (scope, context) => new Ambassador(scope, AMBASSADOR, context, props),
  };
}

/** Ambassador: its objects, and the hosts of the services that it carries. */
export class Ambassador extends Construct implements NetworkingLayer {
  readonly name = AMBASSADOR;
  readonly version: string | undefined;
  readonly namespace = AMBASSADOR;
  readonly ingressClass = INGRESS_CLASS;
  readonly publicService: ServiceAddress = { namespace: AMBASSADOR, name: AMBASSADOR, port: 80 };
  readonly clusterLocalService: ServiceAddress = { namespace: AMBASSADOR, name: INTERNAL_SERVICE, port: 80 };
  readonly openPorts: readonly OpenPort[];
  readonly administrationPaths = ADMINISTRATION_PATHS;
  readonly limits = LIMITS;
  private readonly hosts: Hosts;

  constructor(scope: Construct, id: string, context: NetworkingContext, props: AmbassadorProps = {}) {
    super(scope, id);
    refuseUnknownProps(this, props, AMBASSADOR_PROPS);
    const { crds, domain, release } = context;
    const { service, disruptionBudget = { maxUnavailable: 1 }, tls, preserveClientAddress = false } = props;
    this.openPorts = openPorts({ tls: tls !== undefined });
    if (release !== 'vendored') addCrds(crds);
    addRbac(this, { tls: tls !== undefined });
    addModule(this);
    addListeners(this, { tls: tls !== undefined });
    addServices(this, { ...service, preserveClientAddress });
    addDeployment(this, props, {
      ...(context.podAnnotations && { podAnnotations: context.podAnnotations }),
      inheritedProxy: { ...context.proxy, ...props.namespace?.proxy },
    });
    addDisruptionBudget(this, disruptionBudget, {
      metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS },
      podSelector: POD_SELECTOR,
      replicas: props.replicas ?? DEFAULT_REPLICAS,
    });
    this.hosts = new Hosts(this, { domain, tls });
    if (release === 'vendored') {
      this.version = addVendoredAmbassador(this, context, { image: props.image !== undefined }).version;
    } else this.version = AMBASSADOR_VERSION;
  }

  carry(service: CarriedService): void {
    this.hosts.carry(service);
    if (service.webSocket) allowWebSocket(service);
  }
}
