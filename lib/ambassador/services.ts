import type { Construct } from 'constructs';
import { Service } from '../../imports/kubernetes';
import type { PublicServiceProps } from '../networking/public-service';
import { publicService } from '../networking/public-service';
import { AMBASSADOR, KNATIVE_SERVICE_LABEL, LABELS, POD_SELECTOR, REQUEST_SELECTOR } from './labels';
import { PORTS } from './ports';

/** The Service in front of port 8081, whose address Emissary gives Knative for cluster-local names. */
export const INTERNAL_SERVICE = `${AMBASSADOR}-internal`;

/** Declares the public Service, the one for cluster-local names, and the one of the admin port. */
export function addServices(
  scope: Construct,
  { preserveClientAddress, ...props }: PublicServiceProps & { readonly preserveClientAddress: boolean },
): void {
  const target = {
    metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS },
    selector: REQUEST_SELECTOR,
    ports: {
      http: { name: 'http', port: 80, targetPort: PORTS.http },
      https: { name: 'https', port: 443, targetPort: PORTS.https },
    },
    preserveClientAddress,
  };
  new Service(scope, 'service', publicService(scope, props, target));
  new Service(scope, 'internal-service', {
    metadata: { name: INTERNAL_SERVICE, namespace: AMBASSADOR, labels: { ...LABELS, ...KNATIVE_SERVICE_LABEL } },
    spec: {
      type: 'ClusterIP',
      selector: REQUEST_SELECTOR,
      ports: [{ name: 'http', port: 80, targetPort: PORTS.internal }],
    },
  });
  new Service(scope, 'admin-service', {
    metadata: {
      name: `${AMBASSADOR}-admin`,
      namespace: AMBASSADOR,
      labels: { ...LABELS, service: 'ambassador-admin' },
    },
    spec: {
      type: 'ClusterIP',
      selector: POD_SELECTOR,
      ports: [{ name: 'ambassador-admin', port: PORTS.admin, targetPort: 'admin', protocol: 'TCP' }],
    },
  });
}
