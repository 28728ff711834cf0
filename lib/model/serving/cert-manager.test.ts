import { certificateKeys } from './cert-manager';

test.each<[Record<string, string>, string[]]>([
  [{}, []],
  [{ 'external-domain-tls': 'Enabled' }, ['external-domain-tls']],
  [{ 'external-domain-tls': 'enabled' }, ['external-domain-tls']],
  [{ 'external-domain-tls': 'Disabled' }, []],
  [{ 'external-domain-tls': 'true' }, []],
  [{ 'auto-tls': 'Enabled' }, ['auto-tls']],
  [{ autoTLS: 'Enabled' }, ['autoTLS']],
  [{ autoTLS: 'Enabled', 'auto-tls': 'Disabled' }, []],
  [{ 'auto-tls': 'Enabled', 'external-domain-tls': 'Disabled' }, []],
  [{ 'cluster-local-domain-tls': 'Enabled' }, ['cluster-local-domain-tls']],
  [{ 'cluster-local-domain-tls': 'Disabled' }, []],
  [{ 'system-internal-tls': 'Enabled' }, ['system-internal-tls']],
  [{ 'system-internal-tls': 'Disabled' }, []],
  [{ 'internal-encryption': 'true' }, ['internal-encryption']],
  [{ 'internal-encryption': 'true', 'system-internal-tls': 'Disabled' }, ['internal-encryption']],
  [{ 'internal-encryption': 'false' }, []],
  [{ 'namespace-wildcard-cert-selector': '{}' }, ['namespace-wildcard-cert-selector']],
  [{ 'namespace-wildcard-cert-selector': 'matchLabels: { a: b }' }, ['namespace-wildcard-cert-selector']],
  [{ 'namespace-wildcard-cert-selector': '' }, []],
  [{ 'namespace-wildcard-cert-selector': 'null' }, []],
  [{ 'ingress-class': 'a', 'http-protocol': 'Enabled', 'default-external-scheme': 'https' }, []],
])('%j asks for certificates by %j', (data, keys) => {
  expect(certificateKeys(data)).toEqual(keys);
});
