import { domainTemplateProblem, tagTemplateProblem } from '../../model/serving/settings/host-template';
import type { LabelSelector } from './label-selector';
import { LABEL_SELECTOR, labelSelectorProblem } from './label-selector';
import { dnsSubdomainProblem } from '../../syntax/dns';
import type { SettingsTable } from './setting';
import { flag, oneOf, settingsOf, template, text, wholeNumber, yaml } from './setting';

/**
 * `config-network`: how services are reached. Source: Knative Serving 1.23.0, and `pkg/config/config.go` of
 * knative.dev/networking at c7a7b772cac9.
 */
export interface NetworkSettings {
  /**
   * What carries the requests of a service that names no class. The platform sets it; another one is a mistake.
   *
   * @default - the class of the platform's networking layer
   */
  readonly ingressClass?: string;

  /**
   * What makes the certificates that the three TLS settings below ask for.
   *
   * @default 'cert-manager.certificate.networking.knative.dev'
   */
  readonly certificateClass?: string;

  /**
   * The namespaces that get a wildcard certificate, by their labels; `{}` selects all.
   *
   * @default - none
   */
  readonly namespaceWildcardCertSelector?: LabelSelector;

  /**
   * A service's host: a Go template over Name, Namespace, Domain, Labels and Annotations. Without the namespace, services
   * of one name in two namespaces take each other's host.
   *
   * @default '{{.Name}}.{{.Namespace}}.{{.Domain}}'
   */
  readonly domainTemplate?: string;

  /**
   * What stands for Name in the host of a tag: a Go template over Name and Tag.
   *
   * @default '{{.Tag}}-{{.Name}}'
   */
  readonly tagTemplate?: string;

  /**
   * Whether services get certificates for their public hosts. It does nothing with a networking layer that ignores
   * the TLS of a Knative Ingress.
   *
   * @default 'Disabled'
   */
  readonly externalDomainTls?: 'Enabled' | 'Disabled';

  /**
   * Whether services get certificates for their cluster-local hosts. Alpha.
   *
   * @default 'Disabled'
   */
  readonly clusterLocalDomainTls?: 'Enabled' | 'Disabled';

  /**
   * Whether ingress, activator and queue proxy speak TLS with each other. Alpha; in the mesh they have mTLS already.
   *
   * @default 'Disabled'
   */
  readonly systemInternalTls?: 'Enabled' | 'Disabled';

  /**
   * What plain HTTP gets where `externalDomainTls` is enabled: an answer, or a redirect to https.
   *
   * @default 'Enabled'
   */
  readonly httpProtocol?: 'Enabled' | 'Redirected';

  /**
   * Seconds over which traffic moves to a new revision, a whole number; 0 moves it at once.
   *
   * @default 0
   */
  readonly rolloutDuration?: number;

  /**
   * Whether a DomainMapping claims its name by itself. With false an administrator makes a ClusterDomainClaim first, so
   * that no namespace takes another one's name.
   *
   * @default false
   */
  readonly autocreateClusterDomainClaims?: boolean;

  /**
   * Whether networking layers that can do so make pods reachable by address although there is a mesh. Alpha.
   *
   * @default false
   */
  readonly enableMeshPodAddressability?: boolean;

  /**
   * How Serving reaches pods: by their addresses (`disabled`), by the revision's Service (`enabled`), or by what
   * it takes for right (`auto`, Serving's own default), which can give up pod addresses for good after one 502 or 503.
   * Linkerd knows the pods behind addresses and needs neither of the others.
   *
   * @default - disabled, which the platform sets
   */
  readonly meshCompatibilityMode?: 'auto' | 'enabled' | 'disabled';

  /**
   * The scheme of a service's URL where Serving has no certificate for it: `https` where something in front ends TLS.
   *
   * @default 'http'
   */
  readonly defaultExternalScheme?: 'http' | 'https';
}

const tls = (key: string) => oneOf(key, ['Enabled', 'Disabled'], 'Disabled');

/** How each setting is written. */
export const NETWORK = {
  ingressClass: text('ingress-class', { problem: dnsSubdomainProblem }),
  certificateClass: text('certificate-class', {
    default: 'cert-manager.certificate.networking.knative.dev',
    problem: dnsSubdomainProblem,
  }),
  namespaceWildcardCertSelector: yaml<LabelSelector>(
    'namespace-wildcard-cert-selector',
    labelSelectorProblem,
    LABEL_SELECTOR,
  ),
  domainTemplate: template('domain-template', {
    default: '{{.Name}}.{{.Namespace}}.{{.Domain}}',
    problem: domainTemplateProblem,
  }),
  tagTemplate: template('tag-template', { default: '{{.Tag}}-{{.Name}}', problem: tagTemplateProblem }),
  externalDomainTls: tls('external-domain-tls'),
  clusterLocalDomainTls: tls('cluster-local-domain-tls'),
  systemInternalTls: tls('system-internal-tls'),
  httpProtocol: oneOf('http-protocol', ['Enabled', 'Redirected'], 'Enabled'),
  rolloutDuration: wholeNumber('rollout-duration', { min: 0, default: 0 }),
  autocreateClusterDomainClaims: flag('autocreate-cluster-domain-claims', false),
  enableMeshPodAddressability: flag('enable-mesh-pod-addressability', false),
  meshCompatibilityMode: oneOf('mesh-compatibility-mode', ['auto', 'enabled', 'disabled']),
  defaultExternalScheme: oneOf('default-external-scheme', ['http', 'https'], 'http'),
} as const satisfies SettingsTable<NetworkSettings>;

export const networkSettings = settingsOf<NetworkSettings, typeof NETWORK>(NETWORK);
