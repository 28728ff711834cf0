import { knownProps, listOf, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import type { HostSpec, TlsVersion } from '../../imports/getambassador.io';
import { addMistake, addWarning } from '../objects/mistakes';
import { dnsSubdomainProblem } from '../syntax/dns';
import { quote } from '../syntax/quote';
import type { Hostname } from './hostname';
import { certifiesName, hostnameProblem, servesName } from './hostname';

/** A certificate, and the names that it is for. */
export interface Certificate {
  /**
   * A name that the certificate is valid for: a DNS name, or one with `*.` in front, which stands for one label. `*.example.com` does not
   * cover `helloworld-go.default.example.com`: that takes `*.default.example.com`, or names of one label by Serving's `domain-template`.
   */
  readonly hostname: Hostname;

  /** The Secret of type `kubernetes.io/tls` in the namespace `ambassador`, which is not part of what is rendered. */
  readonly secret: string;
}

export interface AmbassadorTls {
  /** At least one. Every public service must be covered by one of them. */
  readonly certificates: readonly Certificate[];

  /**
   * The oldest TLS version that is spoken.
   *
   * @default 'v1.2'
   */
  readonly minVersion?: Extract<TlsVersion, 'v1.2' | 'v1.3'>;

  /**
   * Redirects plain HTTP to https. Otherwise both are served.
   *
   * @default true
   */
  readonly redirect?: boolean;
}

/** The props of {@link AmbassadorTls}. */
export const AMBASSADOR_TLS = knownProps<AmbassadorTls>({
  certificates: listOf(knownProps<Certificate>({ hostname: VALUE, secret: VALUE })),
  minVersion: VALUE,
  redirect: VALUE,
});

/** Records what is wrong with the settings for TLS. */
export function checkTls(construct: Construct, { certificates }: AmbassadorTls, domain: string): void {
  if (certificates.length === 0) {
    addMistake(construct, 'tls.certificates: is empty: give a certificate for each namespace, or leave tls out');
  }
  certificates.forEach(({ hostname, secret }, index) => {
    const at = `tls.certificates[${index}]`;
    const wrong = hostnameProblem(hostname);
    if (wrong !== undefined) addMistake(construct, `${at}.hostname: ${wrong}`);
    else if (certificates.findIndex((other) => other.hostname === hostname) < index) {
      addMistake(construct, `${at}.hostname: ${quote(hostname)} has a certificate already: remove one of the two`);
    } else if (!servesName(`*.${domain}`, hostname) && hostname !== domain) {
      addWarning(construct, `${at}.hostname: ${quote(hostname)} is not within the platform's domain ${quote(domain)}`);
    }
    const noName = dnsSubdomainProblem(secret);
    if (noName !== undefined) addMistake(construct, `${at}.secret: ${noName}`);
  });
}

/** What a Host of a certificate says of TLS. */
export function hostTls({ secret }: Certificate, { minVersion = 'v1.2', redirect = true }: AmbassadorTls): HostSpec {
  return {
    tlsSecret: { name: secret },
    tls: { min_tls_version: minVersion },
    requestPolicy: { insecure: { action: redirect ? 'Redirect' : 'Route' } },
  };
}

/** What is wrong where no certificate is valid for a name. `undefined` if one is. */
export function certificateProblem({ certificates }: AmbassadorTls, name: string): string | undefined {
  if (certificates.some(({ hostname }) => certifiesName(hostname, name))) return undefined;
  const wanted = `*${name.slice(name.indexOf('.'))}`;
  return `host: no certificate of ambassador() is valid for ${quote(name)}: add { hostname: ${quote(wanted)}, secret: … } to its tls.certificates, or make the service cluster-local`;
}
