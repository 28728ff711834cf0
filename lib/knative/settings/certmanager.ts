import { VALUE, knownProps } from '../../objects/known-props';
import { dnsSubdomainProblem } from '../../syntax/dns';
import { wordProblem } from '../../syntax/word';
import type { SettingsTable } from './setting';
import { settingsOf, yaml } from './setting';

/** An issuer of cert-manager. */
export interface IssuerRef {
  readonly kind: 'ClusterIssuer' | 'Issuer';
  readonly name: string;

  /**
   * The API group of the kind, for issuers that are not cert-manager's own.
   *
   * @default - cert-manager.io
   */
  readonly group?: string;
}

/**
 * `config-certmanager`: who issues the certificates that the TLS settings of `config-network` ask for.
 * Source: Knative Serving 1.23.0, `pkg/reconciler/certificate/config/cert_manager.go`.
 */
export interface CertmanagerSettings {
  /**
   * For the public hosts of services.
   *
   * @default - the ClusterIssuer knative-selfsigned-issuer
   */
  readonly issuerRef?: IssuerRef;

  /**
   * For the cluster-local hosts of services.
   *
   * @default - the ClusterIssuer knative-selfsigned-issuer
   */
  readonly clusterLocalIssuerRef?: IssuerRef;

  /**
   * For ingress, activator and queue proxy.
   *
   * @default - the ClusterIssuer knative-selfsigned-issuer
   */
  readonly systemInternalIssuerRef?: IssuerRef;
}

const ISSUER_REF = knownProps<IssuerRef>({ kind: VALUE, name: VALUE, group: VALUE });

/** How each setting is written. */
export const CERTMANAGER = {
  issuerRef: yaml<IssuerRef>('issuerRef', issuerProblem, ISSUER_REF),
  clusterLocalIssuerRef: yaml<IssuerRef>('clusterLocalIssuerRef', issuerProblem, ISSUER_REF),
  systemInternalIssuerRef: yaml<IssuerRef>('systemInternalIssuerRef', issuerProblem, ISSUER_REF),
} as const satisfies SettingsTable<CertmanagerSettings>;

export const certmanagerSettings = settingsOf<CertmanagerSettings, typeof CERTMANAGER>(CERTMANAGER);

function issuerProblem({ kind, name, group }: IssuerRef): string | undefined {
  // An issuer of another group has kinds of its own.
  const kindProblem = group === undefined ? wordProblem(kind, ['ClusterIssuer', 'Issuer']) : undefined;
  return kindProblem ?? dnsSubdomainProblem(name) ?? (group === undefined ? undefined : dnsSubdomainProblem(group));
}
