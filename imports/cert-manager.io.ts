import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** The API group of cert-manager. */
export const CERT_MANAGER_GROUP = 'cert-manager.io';

/** Puts the CA of a Certificate, `<namespace>/<name>`, into a webhook configuration or an APIService that has the annotation. */
export const INJECT_CA_FROM = `${CERT_MANAGER_GROUP}/inject-ca-from`;

/** A duration in Go's notation; cert-manager writes whole hours as `720h0m0s`. */
export type CertificateDuration = `${number}h` | `${number}h0m0s`;

/** What signs certificates, in one of these ways. */
export interface IssuerSpec {
  /** Each certificate signs itself. */
  readonly selfSigned?: { readonly crlDistributionPoints?: readonly string[] };

  /** The authority of a Secret, in the issuer's namespace or, for a ClusterIssuer, in cert-manager's. */
  readonly ca?: { readonly secretName: string };
}

/** An Issuer or ClusterIssuer. */
export interface IssuerRef {
  readonly name: string;

  /** @default 'Issuer' */
  readonly kind?: 'Issuer' | 'ClusterIssuer';

  /** @default 'cert-manager.io' */
  readonly group?: string;
}

/** What a certificate's key may be used for, in cert-manager's words. */
export type KeyUsage =
  'digital signature' | 'key encipherment' | 'cert sign' | 'crl sign' | 'server auth' | 'client auth';

/** A certificate that is issued and renewed in the cluster. */
export interface CertificateSpec {
  /** The Secret that it is written to, in its own namespace: `tls.crt`, `tls.key`, `ca.crt`. */
  readonly secretName: string;
  readonly issuerRef: IssuerRef;
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];

  /** @default false */
  readonly isCA?: boolean;

  /** How long it is valid, at least an hour. @default '2160h0m0s' */
  readonly duration?: CertificateDuration;

  /** How long before its end it is renewed, at least five minutes. @default - a third of its duration */
  readonly renewBefore?: CertificateDuration;

  /** @default - `digital signature` and `key encipherment` */
  readonly usages?: readonly KeyUsage[];

  readonly privateKey?: {
    /** @default 'RSA' */
    readonly algorithm?: 'RSA' | 'ECDSA' | 'Ed25519';

    /** In bits. @default - 256 for ECDSA */
    readonly size?: number;

    /** @default 'PKCS1' */
    readonly encoding?: 'PKCS1' | 'PKCS8';

    /** Whether a renewed certificate has a new key. @default - depends on cert-manager's version */
    readonly rotationPolicy?: 'Always' | 'Never';
  };
}

/** What an object of cert-manager is declared with. */
interface Declared<Spec> {
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

export type IssuerProps = Declared<IssuerSpec>;
export type CertificateProps = Declared<CertificateSpec>;

/** Signs the certificates of its own namespace. */
export class Issuer extends apiObjectClass<IssuerProps>(`${CERT_MANAGER_GROUP}/v1`, 'Issuer') {}

/** Signs the certificates of all namespaces. */
export class ClusterIssuer extends apiObjectClass<IssuerProps>(`${CERT_MANAGER_GROUP}/v1`, 'ClusterIssuer') {}
export class Certificate extends apiObjectClass<CertificateProps>(`${CERT_MANAGER_GROUP}/v1`, 'Certificate') {}
