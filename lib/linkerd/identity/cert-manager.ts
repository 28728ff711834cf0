import { knownProps, VALUE, refuseUnknownProps } from '../../objects/known-props';
import { Construct } from 'constructs';
import type { CertificateSpec, IssuerRef } from '../../../imports/cert-manager.io';
import { Certificate, ClusterIssuer, INJECT_CA_FROM, Issuer } from '../../../imports/cert-manager.io';
import { Bundle } from '../../../imports/trust.cert-manager.io';
import { addMistake, addWarning } from '../../objects/mistakes';
import { assumeNamespace } from '../../objects/namespaced';
import { dnsLabelProblem } from '../../syntax/dns';
import { wholeNumberProblem } from '../../syntax/whole-number';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS } from '../control-plane/namespace';
import { TRUST_ROOTS } from '../proxy/env';
import { VIZ_NAMESPACE } from '../viz/namespace';
import { AUTHORITY_NAMES, ISSUER_SECRET } from './authority-names';
import type { IdentityChoice } from './identity';
import type { WebhookService } from './webhook-services';
import { hostOf, WEBHOOK_SERVICES } from './webhook-services';

export interface CertManagerProps {
  /**
   * The namespace of cert-manager and trust-manager, which is also trust-manager's trust namespace and cert-manager's namespace
   * of cluster resources: their charts' defaults. The trust anchor's key is kept there, where Linkerd cannot read it.
   *
   * @default 'cert-manager'
   */
  readonly namespace?: string;

  /**
   * How many hours the trust anchor is valid, at least 8760, a year. cert-manager renews it 30 days before its end, and the pods of
   * the mesh then need restarts in a certain order: rotate it by hand before (docs/certificates.md).
   *
   * @default 87600
   */
  readonly anchorHours?: number;

  /**
   * How many hours the issuer is valid, at least 48. cert-manager renews it when a third of that is left, and must not be down
   * for longer.
   *
   * @default 720
   */
  readonly issuerHours?: number;

  /**
   * How many hours the webhooks' certificates are valid, from 24 to the 87600 of their authority. cert-manager renews them when a third of that is left.
   *
   * @default 720
   */
  readonly webhookHours?: number;
}

/** The props of {@link CertManagerProps}. */
export const CERT_MANAGER = knownProps<CertManagerProps>({
  namespace: VALUE,
  anchorHours: VALUE,
  issuerHours: VALUE,
  webhookHours: VALUE,
});

/** Certificates whose label says that they were trust anchors until a rotation. */
export const PREVIOUS_ANCHOR = { label: 'linkerd-trust-anchor', value: 'previous', key: 'ca.crt' } as const;

const NAMES = {
  selfSigned: 'linkerd-trust-root-issuer',
  trustAnchor: 'linkerd-trust-anchor',
  issuer: ISSUER_SECRET,
  webhookCa: 'linkerd-webhook-ca',
  webhookIssuer: 'linkerd-webhook-issuer',
} as const;

const MINIMUM_HOURS = { anchorHours: 8760, issuerHours: 48, webhookHours: 24 } as const;
const DEFAULT_HOURS = { anchorHours: 87_600, issuerHours: 720, webhookHours: 720 } as const;
const MAXIMUM_HOURS = 876_000;

/** How many hours the webhooks' authority is valid. */
const WEBHOOK_CA_HOURS = 87_600;

/** A renewed certificate gets a new key whatever cert-manager's version; PKCS #8 is what each of Linkerd's programs can read. */
const PRIVATE_KEY = { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' } as const;

/** How many hours before their end the two authorities are renewed: late, since a person is to be first. */
const AUTHORITY_RENEWAL_HOURS = 720;

/**
 * Certificates that cert-manager issues and renews in the cluster, and trust anchors that trust-manager hands to Linkerd. Nothing
 * is committed. Both must be installed before the platform is applied. Names and order of the objects as in Linkerd's documentation
 * ("Automatically rotating control plane TLS credentials", edge); the webhooks have an authority of their own.
 */
export function certManager(props: CertManagerProps = {}): IdentityChoice {
  return {
    name: 'certManager',
    build: (phase, { viz }) => {
      new CertManagerIdentity(phase, props, viz);
      return 'in-cluster';
    },
  };
}

/** The Certificate of a service that the API server calls, as `inject-ca-from` and the values of Linkerd's chart name it. */
export function injectCaFrom({ service, namespace }: Pick<WebhookService, 'service' | 'namespace'>): string {
  return `${namespace}/${service}`;
}

/** The annotation by which cert-manager fills in the `caBundle` of a webhook configuration or an APIService. Render none with it. */
export function caInjection(service: Pick<WebhookService, 'service' | 'namespace'>): Record<string, string> {
  return { [INJECT_CA_FROM]: injectCaFrom(service) };
}

class CertManagerIdentity extends Construct {
  constructor(scope: Construct, props: CertManagerProps, viz: boolean) {
    super(scope, 'identity');
    refuseUnknownProps(this, props, CERT_MANAGER);
    for (const message of problems(props)) addMistake(this, message);
    addWarning(
      this,
      'linkerd.identity: needs cert-manager and trust-manager, which the platform does not install: install both before you apply anything',
    );
    const { namespace = 'cert-manager' } = props;
    assumeNamespace(this, namespace);
    const hours = { ...DEFAULT_HOURS, ...props };
    const selfSigned: IssuerRef = { name: NAMES.selfSigned, kind: 'Issuer' };

    new Issuer(this, 'self-signed', { metadata: { name: NAMES.selfSigned, namespace }, spec: { selfSigned: {} } });
    this.addAuthority(NAMES.trustAnchor, namespace, AUTHORITY_NAMES.trustAnchor, hours.anchorHours, selfSigned);
    this.addAuthority(NAMES.webhookCa, namespace, AUTHORITY_NAMES.webhookCa, WEBHOOK_CA_HOURS, selfSigned);
    this.addIssuerOf(NAMES.issuer, NAMES.trustAnchor);
    this.addIssuerOf(NAMES.webhookIssuer, NAMES.webhookCa);
    this.addCertificate(NAMES.issuer, LINKERD_NAMESPACE, {
      commonName: AUTHORITY_NAMES.issuer,
      isCA: true,
      usages: ['cert sign', 'crl sign'],
      duration: `${hours.issuerHours}h0m0s`,
      secretName: ISSUER_SECRET,
      issuerRef: { name: NAMES.issuer, kind: 'ClusterIssuer' },
    });
    for (const service of WEBHOOK_SERVICES.filter(({ namespace: of }) => viz || of !== VIZ_NAMESPACE)) {
      this.addCertificate(service.service, service.namespace, {
        commonName: hostOf(service),
        dnsNames: [hostOf(service)],
        usages: ['digital signature', 'server auth'],
        duration: `${hours.webhookHours}h0m0s`,
        secretName: service.secret,
        issuerRef: { name: NAMES.webhookIssuer, kind: 'ClusterIssuer' },
      });
    }
    this.addTrustRoots();
  }

  private addAuthority(name: string, namespace: string, commonName: string, hours: number, issuerRef: IssuerRef): void {
    this.addCertificate(name, namespace, {
      commonName,
      isCA: true,
      usages: ['cert sign', 'crl sign'],
      duration: `${hours}h0m0s`,
      renewBefore: `${AUTHORITY_RENEWAL_HOURS}h0m0s`,
      secretName: name,
      issuerRef,
    });
  }

  /** Certificates are in the namespaces of those who use them, their authorities' keys in cert-manager's. */
  private addIssuerOf(name: string, secretName: string): void {
    new ClusterIssuer(this, `issuer-${name}`, { metadata: { name }, spec: { ca: { secretName } } });
  }

  private addCertificate(name: string, namespace: string, spec: CertificateSpec): void {
    new Certificate(this, `certificate-${namespace}-${name}`, {
      metadata: { name, namespace },
      spec: { ...spec, privateKey: PRIVATE_KEY },
    });
  }

  /**
   * The ConfigMap that Linkerd reads: the present anchor, and during a rotation the one before, which is kept without its key. The
   * selector finds nothing at other times, and trust-manager puts up with that (its issue 426).
   */
  private addTrustRoots(): void {
    new Bundle(this, 'trust-roots', {
      metadata: { name: TRUST_ROOTS.configMap },
      spec: {
        sources: [
          { secret: { name: NAMES.trustAnchor, key: 'tls.crt' } },
          {
            configMap: {
              selector: { matchLabels: { [PREVIOUS_ANCHOR.label]: PREVIOUS_ANCHOR.value } },
              key: PREVIOUS_ANCHOR.key,
            },
          },
        ],
        target: { configMap: { key: TRUST_ROOTS.key }, namespaceSelector: { matchLabels: CONTROL_PLANE } },
      },
    });
  }
}

const IS_CONTROL_PLANE = 'linkerd.io/is-control-plane';
const CONTROL_PLANE = { [IS_CONTROL_PLANE]: LINKERD_NAMESPACE_PROPS.labels?.[IS_CONTROL_PLANE] ?? 'true' };

function problems({ namespace, ...hours }: CertManagerProps): string[] {
  const name = namespace === undefined ? undefined : dnsLabelProblem(namespace);
  const { issuerHours, anchorHours, webhookHours } = { ...DEFAULT_HOURS, ...hours };
  return [
    ...(name === undefined ? [] : [`linkerd.identity.namespace: ${name}`]),
    ...Object.entries(MINIMUM_HOURS).flatMap(([prop, least]) => {
      const value = hours[prop as keyof typeof MINIMUM_HOURS];
      const problem = value === undefined ? undefined : wholeNumberProblem(value, least, MAXIMUM_HOURS);
      return problem === undefined ? [] : [`linkerd.identity.${prop}: ${problem}`];
    }),
    ...(issuerHours <= anchorHours
      ? []
      : [
          `linkerd.identity.issuerHours: ${issuerHours} is longer than anchorHours, ${anchorHours}: give a smaller one`,
        ]),
    ...(webhookHours <= WEBHOOK_CA_HOURS || webhookHours > MAXIMUM_HOURS
      ? []
      : [
          `linkerd.identity.webhookHours: ${webhookHours} is longer than the webhooks' authority is valid, ${WEBHOOK_CA_HOURS}: give a smaller one`,
        ]),
  ];
}
