import type { CertmanagerSettings } from './certmanager';
import { certmanagerSettings } from './certmanager';

it.each<[CertmanagerSettings, string]>([
  [{ issuerRef: { kind: 'Isuer' as 'Issuer', name: 'a' } }, 'issuerRef: "Isuer" is none of "ClusterIssuer", "Issuer"'],
  [
    { clusterLocalIssuerRef: { kind: 'Issuer', name: 'A' } },
    `clusterLocalIssuerRef: "A" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [
    { systemInternalIssuerRef: { kind: 'Issuer', name: 'a', group: 'b/c' } },
    `systemInternalIssuerRef: "b/c" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
])('%j is refused', (settings, problem) => {
  expect(certmanagerSettings.problems(settings)).toEqual([problem]);
});
