import type { PlatformObject } from './manifest';
import { holdsPrivateKey, privateKeyMistakes } from './private-key';

const PEM = ['-----BEGIN', 'PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'].join(' ');
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['PEM', PEM],
  ['PEM behind a certificate', { values: `a: |\n  ${CERTIFICATE}${PEM}` }],
  ['the key of an algorithm', { key: PEM.replace('PRIVATE', 'EC PRIVATE') }],
  ['base64 of PEM', { data: [{ 'tls.key': base64(PEM) }] }],
  ['base64 of certificate and key', { data: { bundle: base64(CERTIFICATE + PEM) } }],
  ['base64 of PEM with a line break before it', base64(`\n${PEM}`)],
  ['base64 within a document', { values: `tls:\n  keyPEM: ${base64(PEM)}\n  more: true\n` }],
  ['base64 in lines', (base64(`${PEM}${PEM}`).match(/.{1,64}/g) ?? []).join('\n')],
])('%s is seen', (_, value) => {
  expect(holdsPrivateKey(value)).toBe(true);
});

test.each([
  [null],
  [undefined],
  [1],
  [CERTIFICATE],
  [base64(CERTIFICATE)],
  [{ note: 'keep the PRIVATE KEY away', data: null }],
])('%j is none', (value) => {
  expect(holdsPrivateKey(value)).toBe(false);
});

test('the objects that hold one are named, each once', () => {
  const object = (name: string, data: Record<string, string>, text?: string): PlatformObject => ({
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data },
    source: `platform/services/${name}`,
    phase: '60-services',
    ...(text !== undefined && { text }),
  });
  const mistakes = privateKeyMistakes([
    object('good', { 'ca.crt': CERTIFICATE }),
    object('bad', { key: PEM, again: base64(PEM) }),
    object('in-a-comment', {}, `# ${PEM.replaceAll('\n', ' ')}\nkind: ConfigMap\n`),
  ]);
  expect(mistakes).toEqual([
    {
      where: 'platform/services/bad',
      message: expect.stringMatching(/^ConfigMap default\/bad holds a private key, /) as string,
    },
    {
      where: 'platform/services/in-a-comment',
      message: expect.stringMatching(/^ConfigMap default\/in-a-comment holds /) as string,
    },
  ]);
});
