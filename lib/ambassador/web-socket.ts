import { Mapping } from '../../imports/getambassador.io';
import type { CarriedService } from '../networking/layer';
import { objectName } from './hostname';
import { internalNames } from './internal-names';

/**
 * Lets WebSocket connections through to a service. Emissary joins Mappings for the same hostname and prefix into one group: with a weight of
 * 0 this one takes no request and lends its `allow_upgrade` to the routes that Emissary makes of the Knative Ingress.
 */
export function allowWebSocket({ construct, name, namespace, publicHost }: CarriedService): void {
  const hostnames = [...(publicHost === undefined ? [] : [publicHost]), ...internalNames(name, namespace)];
  for (const hostname of hostnames) {
    const id = `websocket-${objectName(hostname)}`;
    new Mapping(construct, id, {
      metadata: { name: id, namespace },
      spec: {
        hostname,
        prefix: '/',
        // Nothing listens here: until the service has a revision, clients get an error rather than a request that comes back to Ambassador.
        service: '127.0.0.1:9',
        weight: 0,
        allow_upgrade: ['websocket'],
      },
    });
  }
}
