import type { JsonObject } from '../../objects/json';
import { strings } from '../../objects/json';
import { goBool } from '../../syntax/go-number';
import { readYamlValue } from '../../yaml/stream';

/** The version in which Serving asks for them. */
export const CERT_MANAGER_VERSION = 'v1';

/**
 * The CRDs of cert-manager that Serving's controller looks for as it starts, where something asks for certificates.
 * Source: Serving 1.23.0, `cmd/controller/main.go`.
 */
export const CERT_MANAGER_CRDS: readonly string[] = [
  'certificaterequests.cert-manager.io',
  'certificates.cert-manager.io',
  'clusterissuers.cert-manager.io',
  'issuers.cert-manager.io',
  'challenges.acme.cert-manager.io',
];

/** What becomes of Serving without them. */
export const WITHOUT_CERT_MANAGER =
  "Serving's controller ends at its start, and nothing of Knative works, unless the cluster has cert-manager's CRDs";

/**
 * The keys of `config-network` with which Serving asks cert-manager for certificates.
 * Sources: Serving 1.23.0, `pkg/networking/util.go`; knative.dev/networking c7a7b772cac9, `pkg/config/config.go`.
 *
 * @param data of the ConfigMap
 */
export function certificateKeys(data: JsonObject): string[] {
  const texts = strings(data);
  const isEnabled = (key: string): boolean => texts[key]?.toLowerCase() === 'enabled';
  const external = ['external-domain-tls', 'auto-tls', 'autoTLS'].find((key) => texts[key] !== undefined);
  const isInternal = isEnabled('system-internal-tls') || goBool(texts['internal-encryption'] ?? '') === true;
  return [
    ...(external !== undefined && isEnabled(external) ? [external] : []),
    ...(isEnabled('cluster-local-domain-tls') ? ['cluster-local-domain-tls'] : []),
    ...(isInternal ? [isEnabled('system-internal-tls') ? 'system-internal-tls' : 'internal-encryption'] : []),
    ...(selectsNamespaces(texts['namespace-wildcard-cert-selector']) ? ['namespace-wildcard-cert-selector'] : []),
  ];
}

/** Whether there is a selector: one that is empty selects all. */
function selectsNamespaces(text = ''): boolean {
  return text !== '' && (readYamlValue(text) ?? null) !== null;
}
