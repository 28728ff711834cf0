import { dnsLabelProblem, domainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { renderTemplate } from '../../syntax/rendered-template';
import type { Admission } from './admission';
import type { SelectedDomain } from '../../model/serving/domain';
import { domainFor } from '../../model/serving/domain';

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
  const domain = domainFor(domainsOf(admission), labels) ?? props.domain;
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
  if (named) admission.refuse('host', domainProblem(host));
  return host;
}

const domainsOf = ({ config }: Admission): SelectedDomain[] =>
  Object.entries(config.domain).map(([name, { selector }]) => ({ name, selector }));
