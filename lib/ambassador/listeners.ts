import type { Construct } from 'constructs';
import type { ListenerProtocol } from '../../imports/getambassador.io';
import { Listener } from '../../imports/getambassador.io';
import { AMBASSADOR, LABELS } from './labels';
import { PORTS } from './ports';
import type { Traffic } from './traffic';
import { trafficLabel } from './traffic';

interface ListenerRow {
  readonly port: 'http' | 'https' | 'internal';
  readonly protocol: ListenerProtocol;
  readonly traffic: Traffic;
}

const CLEARTEXT: readonly ListenerRow[] = [
  { port: 'http', protocol: 'HTTP', traffic: 'public' },
  { port: 'internal', protocol: 'HTTP', traffic: 'internal' },
];

const WITH_TLS: readonly ListenerRow[] = [...CLEARTEXT, { port: 'https', protocol: 'HTTPS', traffic: 'public' }];

/** Declares the Listeners. Each serves Hosts of its own namespace alone, so that nobody else's Host opens it. */
export function addListeners(scope: Construct, { tls }: { readonly tls: boolean }): void {
  for (const { port, protocol, traffic } of tls ? WITH_TLS : CLEARTEXT) {
    new Listener(scope, `listener-${port}`, {
      metadata: { name: `${AMBASSADOR}-${port}`, namespace: AMBASSADOR, labels: LABELS },
      spec: {
        port: PORTS[port],
        protocol,
        securityModel: 'XFP',
        hostBinding: { namespace: { from: 'SELF' }, selector: { matchLabels: trafficLabel(traffic) } },
      },
    });
  }
}
