import type { Construct } from 'constructs';
import { Service } from '../../imports/kubernetes';
import type { PublicServiceProps } from '../networking/public-service';
import { publicService } from '../networking/public-service';
import {
  CONTROLLER,
  CONTROLLER_NAMESPACE,
  CONTROLLER_SELECTOR,
  GATEWAY_SELECTOR,
  KOURIER,
  KOURIER_NAMESPACE,
  LABELS,
} from './labels';
import { CONTROLLER_PORTS, GATEWAY_PORTS } from './ports';

/** The Service for cluster-local names. Kourier hands its address to Knative, and knows it by this name. */
export const INTERNAL_SERVICE = `${KOURIER}-internal`;

/** Declares the public Service, the one for cluster-local names, and the controller's. */
export function addServices(
  scope: Construct,
  { preserveClientAddress, ...props }: PublicServiceProps & { readonly preserveClientAddress: boolean },
): void {
  const { http, https, internalHttp, internalHttps } = GATEWAY_PORTS;
  const target = {
    metadata: { name: KOURIER, namespace: KOURIER_NAMESPACE, labels: LABELS },
    selector: GATEWAY_SELECTOR,
    ports: {
      http: { name: 'http2', port: 80, protocol: 'TCP', targetPort: http },
      https: { name: 'https', port: 443, protocol: 'TCP', targetPort: https },
    },
    preserveClientAddress,
  };
  new Service(scope, 'service', publicService(scope, props, target));
  new Service(scope, 'internal-service', {
    metadata: { name: INTERNAL_SERVICE, namespace: KOURIER_NAMESPACE, labels: LABELS },
    spec: {
      type: 'ClusterIP',
      selector: GATEWAY_SELECTOR,
      ports: [
        { name: 'http2', port: 80, protocol: 'TCP', targetPort: internalHttp },
        { name: 'https', port: 443, protocol: 'TCP', targetPort: internalHttps },
      ],
    },
  });
  new Service(scope, 'controller-service', {
    metadata: { name: CONTROLLER, namespace: CONTROLLER_NAMESPACE, labels: LABELS },
    spec: {
      type: 'ClusterIP',
      selector: CONTROLLER_SELECTOR,
      ports: [
        { name: 'grpc-xds', port: CONTROLLER_PORTS.xds, protocol: 'TCP', targetPort: CONTROLLER_PORTS.xds },
        { name: 'http-metrics', port: CONTROLLER_PORTS.metrics, protocol: 'TCP', targetPort: CONTROLLER_PORTS.metrics },
      ],
    },
  });
}
