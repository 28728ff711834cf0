import type { Construct } from 'constructs';
import type { HostSpec } from '../../imports/getambassador.io';
import { Host } from '../../imports/getambassador.io';
import type { CarriedService } from '../networking/layer';
import { addMistake } from '../objects/mistakes';
import { quote } from '../syntax/quote';
import type { Hostname } from './hostname';
import { objectName, servesName } from './hostname';
import { INTERNAL_HOSTNAMES, internalNames, isClusterDomain } from './internal-names';
import { AMBASSADOR, LABELS } from './labels';
import type { AmbassadorTls } from './tls';
import { certificateProblem, checkTls, hostTls } from './tls';
import type { Traffic } from './traffic';
import { trafficLabel } from './traffic';

export interface HostsProps {
  /** The domain of public services. */
  readonly domain: string;

  /**
   * Certificates of public services.
   *
   * @default - plain HTTP
   */
  readonly tls?: AmbassadorTls | undefined;
}

const PLAIN: HostSpec = { requestPolicy: { insecure: { action: 'Route' } } };

/**
 * The hostnames that Ambassador answers to: the domain's, or those of the certificates, for public services, and the endings of the names inside
 * the cluster for each namespace that has services. One Host `*` would do, but would make every service public and route slower.
 */
export class Hosts {
  private readonly served: Record<Traffic, Set<Hostname>> = { public: new Set(), internal: new Set() };

  /** What was found for a namespace, and among how many hostnames: there may be many services of it. */
  private readonly opened = new Map<string, { readonly hostnames: number; readonly opened: Hostname | undefined }>();

  constructor(
    private readonly scope: Construct,
    private readonly props: HostsProps,
  ) {
    const { domain, tls } = props;
    if (isClusterDomain(domain)) {
      addMistake(
        scope,
        `domain: ${quote(domain)} is part of the cluster's own names, so cluster-local services would be public: use a domain of your own`,
      );
    }
    for (const hostname of INTERNAL_HOSTNAMES) this.add('internal', hostname, PLAIN);
    if (tls === undefined) this.add('public', `*.${domain}`, PLAIN);
    else {
      checkTls(scope, tls, domain);
      for (const certificate of tls.certificates) this.add('public', certificate.hostname, hostTls(certificate, tls));
    }
  }

  /** Adds what a service needs. What cannot be served is recorded on the service. */
  carry({ construct, namespace, publicHost }: CarriedService): void {
    this.add('internal', `*.${namespace}`, PLAIN);
    const opened = this.openedBy(namespace);
    if (opened !== undefined) {
      addMistake(
        construct,
        `namespace: ${quote(namespace)} makes names inside the cluster that the public hostname ${quote(opened)} serves: use another namespace or domain`,
      );
    }
    if (publicHost === undefined) return;
    const problem = this.props.tls && certificateProblem(this.props.tls, publicHost);
    if (problem !== undefined) addMistake(construct, problem);
    else if (![...this.served.public].some((hostname) => servesName(hostname, publicHost))) {
      this.add('public', besides(publicHost), PLAIN);
    }
  }

  /** The public hostname that serves names inside the cluster of a namespace, if one does. */
  private openedBy(namespace: string): Hostname | undefined {
    const hostnames = this.served.public;
    const known = this.opened.get(namespace);
    if (known?.hostnames === hostnames.size) return known.opened;
    const names = internalNames('service', namespace);
    const opened = [...hostnames].find((hostname) => names.some((name) => servesName(hostname, name)));
    this.opened.set(namespace, { hostnames: hostnames.size, opened });
    return opened;
  }

  private add(traffic: Traffic, hostname: Hostname, spec: HostSpec): void {
    if (this.served[traffic].has(hostname)) return;
    this.served[traffic].add(hostname);
    const name = objectName(hostname);
    new Host(this.scope, `host-${traffic}-${name}`, {
      metadata: { name, namespace: AMBASSADOR, labels: { ...LABELS, ...trafficLabel(traffic) } },
      spec: { hostname, ...spec },
    });
  }
}

/** The hostname for a public name outside the domain: with its neighbours, which are the names of its tags. */
function besides(name: string): Hostname {
  const parent = name.slice(name.indexOf('.') + 1);
  return parent.includes('.') ? `*.${parent}` : name;
}
