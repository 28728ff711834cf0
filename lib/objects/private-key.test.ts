import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { Json, PlatformObject } from './manifest';
import { bytesHoldPrivateKey, holdsPrivateKey, privateKeyMistakes } from './private-key';

const PEM = ['-----BEGIN', 'PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'].join(' ');
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const base64 = (value: string | Buffer): string => Buffer.from(value).toString('base64');

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ED25519 = generateKeyPairSync('ed25519').privateKey;
const DER = [
  ['EC in PKCS #8', EC.export({ format: 'der', type: 'pkcs8' })],
  ['EC in SEC 1', EC.export({ format: 'der', type: 'sec1' })],
  ['RSA in PKCS #8', RSA.privateKey.export({ format: 'der', type: 'pkcs8' })],
  ['RSA in PKCS #1', RSA.privateKey.export({ format: 'der', type: 'pkcs1' })],
  ['Ed25519', ED25519.export({ format: 'der', type: 'pkcs8' })],
] as const;
const lines = (text: string, width: number, end = '\n'): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);

test.each<readonly [string, Json]>([
  ['PEM', PEM],
  ['PEM behind a certificate', { values: `a: |\n  ${CERTIFICATE}${PEM}` }],
  ['the key of an algorithm', { key: PEM.replace('PRIVATE', 'EC PRIVATE') }],
  ['base64 of PEM', { data: [{ 'tls.key': base64(PEM) }] }],
  ['base64 of certificate and key', { data: { bundle: base64(CERTIFICATE + PEM) } }],
  ['base64 of PEM with a line break before it', base64(`\n${PEM}`)],
  ['base64 within a document', { values: `tls:\n  keyPEM: ${base64(PEM)}\n  more: true\n` }],
  ['base64 in lines', lines(base64(`${PEM}${PEM}`), 64)],
  ['base64 in short lines', lines(base64(PEM), 24)],
  ['base64 in short lines of a document', { values: `key: |\n  ${lines(base64(PEM), 24, '\n  ')}\n` }],
  ['base64 in lines with written line breaks', JSON.stringify(lines(base64(PEM), 24, '\r\n'))],
  ['base64 of base64', { 'tls.key': base64(base64(PEM)) }],
  ['base64 of a document with base64 in it', base64(`kind: Secret\ndata: {"tls.key": "${base64(PEM)}"}\n`)],
  ['base64 behind a letter', `x${base64(PEM)}`],
  ['base64 behind a word', { note: `see ${base64(PEM)}` }],
  ['PEM as the name of a field', { data: { [PEM]: '' } }],
  ['base64 as the name of a field', [{ [base64(PEM)]: null }]],
  ...DER.map(([name, der]) => [`base64 of ${name}`, { binaryData: { 'tls.key': base64(der) } }] as const),
  ...DER.map(([name, der]) => [`base64 of base64 of ${name}`, base64(base64(der))] as const),
  ['base64 of DER in short lines behind a letter', `x${lines(base64(DER[0][1]), 24)}`],
  ['base64 of DER with more behind it', base64(Buffer.concat([DER[1][1], Buffer.from('more')]))],
])('%s is seen', (_, value) => {
  expect(holdsPrivateKey(value)).toBe(true);
});

test.each<readonly [string, Json | undefined]>([
  ['null', null],
  ['nothing', undefined],
  ['a number', 1],
  ['a certificate', CERTIFICATE],
  ['base64 of a certificate', base64(CERTIFICATE)],
  ['the name of a key', { note: 'keep the PRIVATE KEY away', data: null }],
  ['a public key', { 'ca.crt': base64(RSA.publicKey.export({ format: 'der', type: 'spki' })) }],
  ['the head of a key in DER', base64(Buffer.from(`308204a4020100${'00'.repeat(40)}`, 'hex'))],
  ['a long line of letters', 'A'.repeat(1000)],
])('%s is none', (_, value) => {
  expect(holdsPrivateKey(value)).toBe(false);
});

test.each(DER)('a file of %s is seen', (_, der) => {
  expect(bytesHoldPrivateKey(der)).toBe(true);
  expect(bytesHoldPrivateKey(Buffer.concat([Buffer.from('before'), der, Buffer.from('behind')]))).toBe(true);
  expect(bytesHoldPrivateKey(der.subarray(0, der.length - 1))).toBe(false);
});

test('a file of PEM or its base64 is seen', () => {
  for (const text of [PEM, base64(PEM)]) expect(bytesHoldPrivateKey(Buffer.from(text))).toBe(true);
  expect(bytesHoldPrivateKey(Buffer.from(CERTIFICATE))).toBe(false);
});

test('any bytes are no key, and any place in a text is looked at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.stringMatching(/^[ -~\n]{0,60}$/), (bytes, text) => {
      expect(bytesHoldPrivateKey(Buffer.from(bytes))).toBe(false);
      expect(holdsPrivateKey(base64(Buffer.from(bytes)))).toBe(false);
      expect(holdsPrivateKey(`${text}${base64(PEM)}`)).toBe(true);
      expect(holdsPrivateKey(`${text}${base64(DER[0][1])}`)).toBe(true);
    }),
  );
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
