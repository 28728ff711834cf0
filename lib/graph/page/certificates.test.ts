import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configMap, webhook } from '../../model/connections/testing/objects';
import { certificatesOf } from './certificates';

const read = (name: string): string => readFileSync(join(__dirname, '../../../certs', name), 'utf8');
const ISSUER = read('issuer.pem');
const SERVER = read('linkerd-proxy-injector.pem');

test('a certificate once, with where it stands, as it is and in Base64', () => {
  const caBundle = Buffer.from(ISSUER).toString('base64');
  const indented = `values:\n${ISSUER.replace(/^/gm, '    ')}`;
  const objects = [
    configMap('a', 'anchors', { 'ca.crt': ISSUER }),
    configMap('a', 'values', { values: indented }),
    webhook('a', 'hook', { clientConfig: { caBundle } }),
  ];
  expect(certificatesOf(objects)).toEqual([
    {
      subject: 'CN=identity.linkerd.cluster.local',
      issuer: 'CN=root.linkerd.cluster.local',
      names: [],
      isAuthority: true,
      validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as string,
      validUntil: expect.stringMatching(/^\d{4}-/) as string,
      sha256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
      objects: ['ConfigMap a/anchors', 'ConfigMap a/values', 'MutatingWebhookConfiguration hook-webhook'],
    },
  ]);
});

test('several in one text, by their subjects', () => {
  const facts = certificatesOf([configMap('a', 'both', { both: `${SERVER}\n${ISSUER}` })]);
  expect(facts.map(({ subject, names, isAuthority }) => [subject, names, isAuthority])).toEqual([
    ['CN=identity.linkerd.cluster.local', [], true],
    ['CN=linkerd-proxy-injector.linkerd.svc', ['DNS:linkerd-proxy-injector.linkerd.svc'], false],
  ]);
});

test.each([
  '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n',
  'LS0tLS1CRUdJTiBub3QgYSBjZXJ0aWZpY2F0ZQ==',
  '-----BEGIN CERTIFICATE-----',
  '',
])('%j is no certificate', (text) => {
  expect(certificatesOf([configMap('a', 'other', { text })])).toEqual([]);
});
