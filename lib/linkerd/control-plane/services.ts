import type { Construct } from 'constructs';
import { Service } from '../../../imports/kubernetes';
import type { ControlPlaneComponent } from './labels';
import { componentLabels, componentSelector, CREATED_BY } from './labels';
import { LINKERD_NAMESPACE } from './namespace';

interface ControlPlaneService {
  readonly name: string;
  readonly component: ControlPlaneComponent;
  readonly port: { readonly name: string; readonly port: number; readonly targetPort: number | string };

  /**
   * Whether its name resolves to the pods themselves, so that proxies spread their calls over them.
   *
   * @default - no, it has an address of its own
   */
  readonly headless?: true;

  /** @default - none but the common one */
  readonly annotations?: Readonly<Record<string, string>>;
}

const GRPC_DESTINATION = { name: 'grpc', port: 8086, targetPort: 8086 };
const GRPC_POLICY = { name: 'grpc', port: 8090, targetPort: 8090 };
const GRPC_IDENTITY = { name: 'grpc', port: 8080, targetPort: 8080 };
const webhook = (name: string) => ({ name, port: 443, targetPort: name });

const SERVICES: readonly ControlPlaneService[] = [
  { name: 'linkerd-dst', component: 'destination', port: GRPC_DESTINATION },
  { name: 'linkerd-dst-headless', component: 'destination', port: GRPC_DESTINATION, headless: true },
  { name: 'linkerd-identity', component: 'identity', port: GRPC_IDENTITY },
  { name: 'linkerd-identity-headless', component: 'identity', port: GRPC_IDENTITY, headless: true },
  { name: 'linkerd-policy', component: 'destination', port: GRPC_POLICY, headless: true },
  { name: 'linkerd-policy-validator', component: 'destination', port: webhook('policy-https') },
  {
    name: 'linkerd-proxy-injector',
    component: 'proxy-injector',
    port: webhook('proxy-injector'),
    annotations: { 'config.linkerd.io/opaque-ports': '443' },
  },
  { name: 'linkerd-sp-validator', component: 'destination', port: webhook('sp-validator') },
];

/** The Services of the control plane. */
export function addServices(scope: Construct): void {
  for (const { name, component, port, headless, annotations } of SERVICES) {
    new Service(scope, `service-${name}`, {
      metadata: {
        name,
        namespace: LINKERD_NAMESPACE,
        labels: componentLabels(component),
        annotations: { ...CREATED_BY, ...annotations },
      },
      spec: {
        ...(headless ? { clusterIP: 'None' } : { type: 'ClusterIP' }),
        selector: componentSelector(component),
        ports: [port],
      },
    });
  }
}
