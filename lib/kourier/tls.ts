import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import { addMistake } from '../objects/mistakes';
import { dnsLabelProblem, dnsSubdomainProblem } from '../syntax/dns';
import { KOURIER_NAMESPACE } from './labels';

/**
 * One certificate for all public names, where Serving does not manage a certificate for each (`settings.network.externalDomainTls`, whose
 * certificates come first). Source: net-kourier 1.23.0, `pkg/generator/caches.go`.
 */
export interface KourierTls {
  /**
   * The Secret of type `kubernetes.io/tls`, which is not part of what is rendered. It must be there first: without it the controller does not
   * start. It is read when something of the configuration changes, so restart `net-kourier-controller` when it has been renewed.
   */
  readonly secret: string;

  /**
   * The Secret's namespace.
   *
   * @default 'kourier-system'
   */
  readonly namespace?: string;
}

/** The props of {@link KourierTls}. */
export const KOURIER_TLS = knownProps<KourierTls>({
  secret: VALUE,
  namespace: VALUE,
});

/** What `config-kourier` says of the certificate. */
export function tlsData(
  construct: Construct,
  { secret, namespace = KOURIER_NAMESPACE }: KourierTls,
): Record<string, string> {
  const wrongSecret = dnsSubdomainProblem(secret);
  if (wrongSecret !== undefined) addMistake(construct, `tls.secret: ${wrongSecret}`);
  const wrongNamespace = dnsLabelProblem(namespace);
  if (wrongNamespace !== undefined) addMistake(construct, `tls.namespace: ${wrongNamespace}`);
  return { 'certs-secret-name': secret, 'certs-secret-namespace': namespace };
}
