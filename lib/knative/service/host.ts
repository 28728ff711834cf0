import { dnsLabelProblem, dnsSubdomainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { renderTemplate } from '../../syntax/rendered-template';
import type { Admission } from './admission';

/** What a service's host is made of. */
export interface HostProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;

  /** The platform's domain. */
  readonly domain: string;
}

/** The networking layers know no other. */
const CLUSTER_DOMAIN = 'cluster.local';

/** The name by which pods of the cluster ask for a service. */
export function clusterLocalHost({ name, namespace }: Pick<HostProps, 'name' | 'namespace'>): string {
  return `${name}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

/**
 * The name by which clients outside the cluster ask for a service: `domain-template` of `config-network`, filled in.
 * `undefined` where the settings give the service a cluster-local domain.
 */
export function publicHost(admission: Admission, props: HostProps): string | undefined {
  const { name, namespace, labels, annotations } = props;
  const { domainTemplate } = admission.config.network;
  const domain = domainFor(admission, props);
  if (domain.endsWith(CLUSTER_DOMAIN)) return undefined;
  const values = { Name: name, Namespace: namespace, Domain: domain, Labels: labels, Annotations: annotations };
  const host = renderTemplate(domainTemplate, values);
  if (host === undefined) {
    admission.warn(
      'host',
      `settings.network.domainTemplate ${quote(domainTemplate)} has more than fields in it, so the host is taken to be the default template's`,
    );
    return `${name}.${namespace}.${domain}`;
  }
  const named = [name, namespace].every((label) => dnsLabelProblem(label) === undefined);
  if (named) admission.refuse('host', dnsSubdomainProblem(host));
  return host;
}

/** The domain whose selector fits the service's labels and has most of them; of two such, the first by name. Source: Serving 1.23.0, `pkg/reconciler/route/config/domain.go`. */
function domainFor({ config }: Admission, { labels, domain }: HostProps): string {
  const domains = Object.entries(config.domain);
  if (domains.length === 0) return domain;
  const fitting = domains
    .map(([name, { selector }]) => ({ name, selector: Object.entries(selector) }))
    .filter(({ selector }) => selector.every(([key, value]) => labels[key] === value))
    .sort((a, b) => b.selector.length - a.selector.length || (a.name < b.name ? -1 : 1));
  return fitting[0]?.name ?? domain;
}
